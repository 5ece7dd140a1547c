import { fileRoutes as routesAt } from '../file-routes.ts';
import { SessionId } from '../session.ts';
import { ofSession, requires, withSandbox } from './route-parts.ts';

export const fileRoutes = routesAt({
  prefix: '/v1/sessions/{sessionId}',
  security: { read: requires('files:read'), write: requires('files:write') },
  params: { sessionId: SessionId },
  codes: [...ofSession, ...withSandbox],
});
