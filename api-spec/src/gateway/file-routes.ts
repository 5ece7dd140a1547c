import { fileRoutes as routesAt } from '../file-routes.ts';
import { SessionId } from '../session.ts';
import { ofSession, requiresInSession, withSandbox } from './route-parts.ts';

export const fileRoutes = routesAt({
  prefix: '/v1/sessions/{sessionId}',
  security: { read: requiresInSession('files:read'), write: requiresInSession('files:write') },
  params: { sessionId: SessionId },
  codes: [...ofSession, ...withSandbox],
});
