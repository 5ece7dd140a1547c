import { type AccessScope, accessScopes, ProblemError } from '@sandgate/api-spec';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Env } from '../env.ts';
import { settled } from '../orchestrator/settled.ts';
import { sessionOf } from '../session-handle.ts';
import type { Caller } from './caller.ts';
import { FreshCache } from './fresh-cache.ts';
import { refusalOf } from './jwt-refusal.ts';

const prefix = 'sg_token_';
const issuer = 'sandgate';
const audience = 'sandgate:session';

/** The generations of the tokens that are valid, by the names of the sessions. */
const generations = new FreshCache<{ name: string; generation: number }>();

/** What a token says. It is signed, not stored. */
export interface TokenGrant {
  accountId: string;
  sessionId: string;
  scopes: readonly AccessScope[];
  allowedOrigins: readonly string[];
  /** Tokens of an earlier generation are revoked. */
  generation: number;
  /** In Unix seconds. */
  expiresAt: number;
}

/** Whether the text says of itself that it is a token of ours. */
export function claimsToBeToken(text: string): boolean {
  return text.startsWith(prefix);
}

export async function signToken(grant: TokenGrant, env: Env): Promise<string> {
  const { accountId, sessionId, scopes, allowedOrigins, generation, expiresAt } = grant;
  const claims = { account: accountId, scope: scopes.join(' '), origins: allowedOrigins, generation };
  const signed = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sessionId)
    .setExpirationTime(expiresAt)
    .sign(await signingKey(env));
  return prefix + signed;
}

/**
 * The caller that a token of ours makes, if it is not revoked: the session is asked where this isolate has not just done so.
 *
 * @throws ProblemError `unauthorized` with a reason; `session_not_found` where the session is gone.
 */
export async function tokenCaller(text: string, env: Env): Promise<Caller> {
  const claims = await verified(text.slice(prefix.length), env);
  const {
    account: accountId,
    sub: sessionId,
    scope,
    origins,
    generation,
    exp,
  } = claims as JWTPayload & Record<string, unknown>;
  const grant = { accountId: String(accountId), sessionId: String(sessionId) };
  if ((await validGeneration(grant, env)) !== generation)
    throw new ProblemError('unauthorized', 'The tokens of this session were revoked.', { reason: 'revoked' });
  const granted = String(scope).split(' ');
  return {
    accountId: grant.accountId,
    credentialId: `token:${grant.accountId}:${grant.sessionId}`,
    scopes: accessScopes.filter((name) => granted.includes(name)),
    session: { id: grant.sessionId, allowedOrigins: origins as string[], expiresAt: Number(exp) * 1000 },
  };
}

/** After a revocation this isolate asks anew; others do within five seconds. */
export function forgetGeneration(name: string): void {
  generations.forget((known) => known.name === name);
}

async function verified(token: string, env: Env): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, await signingKey(env), { algorithms: ['HS256'], issuer, audience })).payload;
  } catch (error) {
    const refusal = error instanceof errors.JOSEError ? refusalOf(error) : undefined;
    if (!refusal) throw error;
    throw new ProblemError('unauthorized', refusal.detail, { reason: refusal.reason, cause: error });
  }
}

async function validGeneration(
  { accountId, sessionId }: { accountId: string; sessionId: string },
  env: Env,
): Promise<number> {
  const { name, orchestrator } = await sessionOf(env, { accountId }, sessionId);
  const known = generations.get(name);
  if (known) return known.generation;
  const generation = await settled(orchestrator.tokenGeneration());
  generations.set(name, { name, generation });
  return generation;
}

/** Follows from the master secret for this purpose alone. */
async function signingKey(env: Env): Promise<Uint8Array> {
  if (!env.SANDBOX_MASTER_SECRET) throw new Error('SANDBOX_MASTER_SECRET is not set.');
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const master = await crypto.subtle.importKey('raw', encoder.encode(env.SANDBOX_MASTER_SECRET), algorithm, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', master, encoder.encode('session-tokens')));
}
