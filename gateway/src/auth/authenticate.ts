import { ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';
import type { Env } from '../env.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { measured } from '../observe/request-scope.ts';
import { keyCaller } from './api-key.ts';
import type { Caller } from './caller.ts';
import { trustsIssuer } from './identity-provider.ts';
import { isJwt, issuerCaller } from './issuer-token.ts';
import { claimsToBeToken, tokenCaller } from './session-token.ts';

/** Finds out who calls, by the bearer credential (RFC 6750, section 2.1). What he may do is for `authorize` to say. */
export const authenticate: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const credential = bearerOf(c.req.header('authorization'));
  if (!credential)
    throw new ProblemError('unauthorized', 'Send your key as "Authorization: Bearer …".', { reason: 'missing' });
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  c.set('identity', await measured('auth', () => callerOf(credential, c.env, later)));
  await next();
};

export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1];
}

/**
 * Whose credential this is. What it is, it says itself.
 *
 * @throws ProblemError `unauthorized` with a reason, and whatever keeps it from being known.
 */
export function callerOf(credential: string, env: Env, later: (work: Promise<unknown>) => void): Promise<Caller> {
  if (claimsToBeToken(credential)) return tokenCaller(credential, env);
  if (trustsIssuer(env) && isJwt(credential)) return issuerCaller(credential, env);
  return keyCaller(credential, env, later);
}
