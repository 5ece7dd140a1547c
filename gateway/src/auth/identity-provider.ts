import { ProblemError } from '@sandgate/api-spec';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { refusalOf } from './jwt-refusal.ts';

/** Signatures by a key of which the verifier knows the public half only: never HS*, never none. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** How far the clocks may be apart, in seconds. */
const clockTolerance = 10;

/** How long the issuer's keys are waited for, in milliseconds. */
const keysTimeoutMs = 5000;

/** The keys that this isolate has got, by where they are from. */
const keySets = new Map<string, JWTVerifyGetKey>();

/** Whether there is an issuer whose tokens open accounts. */
export function trustsIssuer(env: Env): boolean {
  return Boolean(env.JWT_ISSUER);
}

/**
 * The claims of a JSON Web Token (RFC 7519) of the configured issuer.
 *
 * @throws ProblemError `unauthorized` with a reason; `identity_provider_unavailable` where its keys cannot be had.
 */
export async function verifiedClaims(token: string, env: Env): Promise<JWTPayload> {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = env;
  if (!issuer || !audience) throw new Error('JWT_ISSUER needs JWT_AUDIENCE.'); // Without it, any token of the issuer would do.
  const keys = keysOf(env);
  try {
    const options = { issuer, audience, algorithms, clockTolerance, requiredClaims: ['exp', 'sub'] };
    return (await jwtVerify(token, namedKey(keys), options)).payload;
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    throw new ProblemError('unauthorized', refusal.detail, { reason: refusal.reason, cause: error });
  }
}

function keysOf(env: Env): JWTVerifyGetKey {
  const source = env.JWT_JWKS ?? env.JWT_JWKS_URL ?? '';
  const known = keySets.get(source);
  if (known) return known;
  const made = env.JWT_JWKS ? createLocalJWKSet(JSON.parse(env.JWT_JWKS)) : remoteKeys(source);
  keySets.set(source, made);
  return made;
}

function remoteKeys(source: string): JWTVerifyGetKey {
  const url = new URL(source);
  if (url.protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
    throw new Error('JWT_JWKS_URL has to be https: else anybody on the way could sign.');
  return createRemoteJWKSet(url, { timeoutDuration: keysTimeoutMs });
}

/** The key that the token names. A token that names none would be tried with whatever fits. */
function namedKey(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    if (!header.kid) throw new errors.JWKSNoMatchingKey();
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      if (error instanceof errors.JOSENotSupported) throw error;
      log('error', 'keys of the issuer not had', { error });
      throw new ProblemError('identity_provider_unavailable', 'The keys of the issuer cannot be had just now.', {
        cause: error,
      });
    }
  };
}
