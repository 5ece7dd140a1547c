import { ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { keyCaller } from './api-key.ts';
import { trustsIssuer } from './identity-provider.ts';
import { isJwt, issuerCaller } from './issuer-token.ts';

/** Finds out who calls, by the bearer credential (RFC 6750, section 2.1). What he may do is for `authorize` to say. */
export const authenticate: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const credential = /^Bearer +([\x21-\x7e]+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!credential)
    throw new ProblemError('unauthorized', 'Send your key as "Authorization: Bearer …".', { reason: 'missing' });
  const identity =
    trustsIssuer(c.env) && isJwt(credential)
      ? await issuerCaller(credential, c.env)
      : await keyCaller(credential, c.env, (work) => c.executionCtx.waitUntil(work));
  c.set('identity', identity);
  await next();
};
