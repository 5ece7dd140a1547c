import { ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { log } from '../observe/log.ts';

/** The window in which requests are counted, in seconds: that of the binding in `wrangler.jsonc`. */
export const windowSeconds = 10;

/**
 * Counts the requests of each credential, and says so in the fields of draft-ietf-httpapi-ratelimit-headers. The binding
 * tells only whether there was room, so that `RateLimit` stands where there is none, with the whole window to wait.
 */
export const limitRequests: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const hasRoom = await c.env.REQUESTS.limit({ key: c.get('identity').credentialId }).then(
    ({ success }) => success,
    (error: unknown) => {
      log('error', 'requests not counted', { error });
      return true; // A counter that fails keeps nobody out.
    },
  );
  if (hasRoom) await next();
  else
    c.res = new ProblemError('rate_limited', `More than ${c.env.REQUEST_LIMIT} requests in ${windowSeconds} s.`, {
      retryAfterSeconds: windowSeconds,
    }).toResponse(c.get('requestId'));
  c.res.headers.set('ratelimit-policy', `"requests";q=${c.env.REQUEST_LIMIT};w=${windowSeconds}`);
  if (!hasRoom) c.res.headers.set('ratelimit', `"requests";r=0;t=${windowSeconds}`);
};
