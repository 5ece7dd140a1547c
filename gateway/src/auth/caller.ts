import { type AccessScope, ProblemError } from '@sandgate/api-spec';

/** Who calls, and what he may. */
export interface Caller {
  accountId: string;
  /** What the requests are counted by: the id of the key. */
  credentialId: string;
  /** The `sub` of an identity of the issuer. */
  subject?: string;
  scopes: readonly AccessScope[];
  /** Of a session token: the one session that it is for, which pages may use it, and when it ends, in Unix milliseconds. */
  session?: { id: string; allowedOrigins: readonly string[]; expiresAt: number };
}

/** @throws ProblemError `insufficient_scope`, which names the first that is lacking. */
export function requireScopes({ scopes }: Pick<Caller, 'scopes'>, wanted: readonly AccessScope[]): void {
  const scope = wanted.find((name) => !scopes.includes(name));
  if (scope) throw new ProblemError('insufficient_scope', `This needs the scope ${scope}.`, { scope });
}
