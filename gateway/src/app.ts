import { contractApp, gatewayRoutes, ProblemError, version } from '@sandgate/api-spec';
import { auditRefusals } from './audit/refusals.ts';
import { authenticate } from './auth/authenticate.ts';
import { authorizeRoutes } from './auth/authorize.ts';
import { preflightRoutes, shareWithOrigin } from './auth/origin.ts';
import { endStreamWithCredential } from './auth/stream-end.ts';
import type { GatewayEnv } from './gateway-env.ts';
import { limitBodies } from './limits/body.ts';
import { limitHeaders } from './limits/header-size.ts';
import { limitRequests } from './limits/requests.ts';
import { log } from './observe/log.ts';
import { logRequests } from './observe/request-log.ts';
import { accountRoutes } from './routes/account.ts';
import { auditRoutes } from './routes/audit.ts';
import { keepNothing } from './routes/caching.ts';
import { docsRoutes } from './routes/docs/docs.ts';
import { neverEndEventSources } from './routes/event-stream.ts';
import { fileRoutes } from './routes/files.ts';
import { keyRoutes } from './routes/keys.ts';
import { logRoutes } from './routes/log.ts';
import { requestRoutes } from './routes/requests.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { turnRoutes } from './routes/turns.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** The public gateway: who calls is known before anything under `/v1` is looked at. */
export function gateway() {
  const onUnexpected = (error: unknown, requestId: string) => log('error', 'request failed', { requestId, error });
  const app = contractApp<GatewayEnv>(onUnexpected, logRequests);
  app.use(async (c, next) => {
    const allowed = c.env.ALLOWED_HOSTS?.split(',');
    // What Miniflare takes for the URL can be set by another header: the name that was asked for stands in `Host`.
    const hosts = [new URL(c.req.url).host, c.req.header('host') ?? ''];
    if (allowed && !hosts.every((host) => allowed.includes(hostnameOf(host))))
      throw new ProblemError('misdirected_request', 'This server answers to its own names only.');
    await next();
  });
  app.use('/v1/*', keepNothing, limitHeaders);
  app.openapi(gatewayRoutes.health, (c) => c.json({ status: 'ok' as const, version, isolation: c.env.ISOLATION }, 200));
  docsRoutes(app);
  preflightRoutes(app);
  app.use('/v1/sessions/*', shareWithOrigin);
  app.use('/v1/*', neverEndEventSources, endStreamWithCredential);
  app.use('/v1/*', authenticate, limitRequests, auditRefusals);
  authorizeRoutes(app);
  limitBodies(app);
  sessionRoutes(app);
  turnRoutes(app);
  logRoutes(app);
  requestRoutes(app);
  fileRoutes(app);
  snapshotRoutes(app);
  tokenRoutes(app);
  keyRoutes(app);
  webhookRoutes(app);
  accountRoutes(app);
  auditRoutes(app);
  return app;
}

/** The name in a host, without the port; as in a URL, or none. */
function hostnameOf(host: string): string {
  return URL.parse(`http://${host}`)?.hostname ?? '';
}
