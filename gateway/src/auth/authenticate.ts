import { ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { keyCaller } from './api-key.ts';

/** Finds out who calls, by the bearer credential (RFC 6750, section 2.1). What he may do is for `authorize` to say. */
export const authenticate: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const credential = /^Bearer +([\x21-\x7e]+) *$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!credential)
    throw new ProblemError('unauthorized', 'Send your key as "Authorization: Bearer …".', { reason: 'missing' });
  c.set('identity', await keyCaller(credential, c.env, (work) => c.executionCtx.waitUntil(work)));
  await next();
};
