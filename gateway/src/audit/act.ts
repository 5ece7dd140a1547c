import type { AuditActor, AuditEntry } from '@sandgate/api-spec';
import type { Context } from 'hono';
import type { Caller } from '../auth/caller.ts';
import type { GatewayEnv } from '../gateway-env.ts';

/** Who does something, and in which request. */
export interface Act {
  actor: AuditActor;
  requestId: string | undefined;
}

/** An entry of an account's audit log. */
export type AccountEntry = AuditEntry & { accountId: string };

/** What the gateway does by itself. */
export const byItself: Act = { actor: { type: 'gateway' }, requestId: undefined };

export function actOf(c: Context<GatewayEnv>): Act {
  return { actor: actorOf(c.get('identity')), requestId: c.get('requestId') };
}

function actorOf({ credentialId: id, subject, session }: Caller): AuditActor {
  if (session) return { type: 'sessionToken', id: session.id };
  return subject === undefined ? { type: 'key', id } : { type: 'identity', id, subject };
}

/** An act that was done. Called again in the same request, it is the same entry: a request does one such thing. */
export function entryOf(
  { actor, requestId }: Act,
  done: Pick<AccountEntry, 'accountId' | 'action' | 'target'> & { fields?: string[]; code?: string },
): AccountEntry {
  return {
    id: `audit_${requestId?.replace(/^req_/, '') ?? crypto.randomUUID().replaceAll('-', '')}`,
    at: new Date().toISOString(),
    ...done,
    actor,
    outcome: done.code === undefined ? 'succeeded' : 'refused',
    ...(requestId !== undefined && { requestId }),
  };
}
