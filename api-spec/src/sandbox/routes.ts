import { diskRoutes } from './disk-routes.ts';
import { sandboxFileRoutes } from './file-routes.ts';
import { sandboxServerRoutes } from './server-routes.ts';

/** The server inside the sandbox. A program that answers some of them takes those: all at once cost it its start. */
export const sandboxRoutes = { ...sandboxServerRoutes, ...sandboxFileRoutes, ...diskRoutes };
