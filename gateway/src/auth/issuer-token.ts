import { accessScopes, ProblemError } from '@sandgate/api-spec';
import type { JWTPayload } from 'jose';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { derivedId } from '../session-name.ts';
import type { Caller } from './caller.ts';
import { verifiedClaims } from './identity-provider.ts';

/** How many accounts an isolate remembers to be there. */
const capacity = 10_000;

/** The accounts that this isolate has seen to. An account is never taken away. */
const present = new Set<string>();

/** Whether the text is a JSON Web Token: its header is a JSON object. */
export function isJwt(text: string): boolean {
  return /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(text);
}

/**
 * The caller that a token of the configured issuer speaks for. The account follows from the issuer and what the claim
 * says, so that no issuer reaches an account that a key has opened; it is made with its first use. Scopes are those of
 * the claim `scope` (RFC 8693, section 4.2) that there are here.
 */
export async function issuerCaller(token: string, env: Env): Promise<Caller> {
  const claims = await verifiedClaims(token, env);
  const account = textClaim(claims, env.JWT_ACCOUNT_CLAIM ?? 'sub');
  const accountId = await derivedId('acct', env.JWT_ISSUER ?? '', account);
  await ensureAccount(accountId, env);
  const subject = textClaim(claims, 'sub');
  const granted = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
  return {
    accountId,
    credentialId: await derivedId('jwt', accountId, subject),
    subject: subject.slice(0, 255),
    scopes: accessScopes.filter((scope) => granted.includes(scope)),
  };
}

function textClaim(claims: JWTPayload, name: string): string {
  const value = claims[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new ProblemError('unauthorized', `The token lacks a usable claim ${name}.`, { reason: 'wrong_claims' });
}

async function ensureAccount(id: string, env: Env): Promise<void> {
  if (present.has(id)) return;
  try {
    await env.DB.prepare('INSERT INTO accounts (id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .bind(id, new Date().toISOString())
      .run();
  } catch (error) {
    log('error', 'account not made', { error });
    throw new ProblemError('restarting', 'Accounts cannot be looked up just now; try again.', { cause: error });
  }
  if (present.size >= capacity) present.clear();
  present.add(id);
}
