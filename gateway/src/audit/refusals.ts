import { auditActions, KeyId, SessionId, WebhookId } from '@sandgate/api-spec';
import type { Context, MiddlewareHandler } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { log } from '../observe/log.ts';
import { codeOf, routeOf } from '../observe/request-log.ts';
import { type AccountEntry, actOf, entryOf } from './act.ts';
import { AuditLog } from './audit-log.ts';

const ofSessions = { path: '/v1/sessions', type: 'session', param: 'sessionId', id: SessionId } as const;
const kinds = [
  ofSessions,
  { path: '/v1/keys', type: 'key', param: 'keyId', id: KeyId },
  { path: '/v1/webhooks', type: 'webhook', param: 'webhookId', id: WebhookId },
] as const;

/** Writes down who was refused to administer what: for want of a scope, or as there is no such thing of his. */
export const auditRefusals: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await next();
  const action = auditActions.find((name) => name === routeOf(c)?.operationId);
  if (!action || (c.res.status !== 403 && c.res.status !== 404)) return;
  const { accountId } = c.get('identity');
  const act = actOf(c);
  const code = (await codeOf(c.res)) ?? 'not_found';
  const entry = entryOf(act, { accountId, action, target: targetOf(c), code });
  const added = new AuditLog(c.env.DB).addRefusal(entry);
  const { requestId } = act;
  c.executionCtx.waitUntil(added.catch((error) => log('error', 'refusal not audited', { requestId, error })));
};

/** What it was about, where that can be its id. */
function targetOf(c: Context): AccountEntry['target'] {
  const kind = kinds.find(({ path }) => c.req.path.startsWith(path)) ?? ofSessions;
  const { success, data } = kind.id.safeParse(c.req.param(kind.param));
  return { type: kind.type, ...(success && { id: data }) };
}
