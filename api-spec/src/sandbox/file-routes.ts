import { fileRoutes } from '../file-routes.ts';
import { security } from './security.ts';

/** What the server has answered by a process of the tools' user. */
export const sandboxFileRoutes = fileRoutes({
  prefix: '',
  security: { read: security, write: security },
  params: {},
  codes: ['invalid_request', 'unauthorized', 'sandbox_error'],
});
