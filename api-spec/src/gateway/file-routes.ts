import { fileRoutes as routesAt } from '../file-routes.ts';
import { SessionId } from '../session.ts';
import { ofSession, security, withSandbox } from './route-parts.ts';

export const fileRoutes = routesAt({
  prefix: '/v1/sessions/{sessionId}',
  security,
  params: { sessionId: SessionId },
  codes: [...ofSession, ...withSandbox],
});
