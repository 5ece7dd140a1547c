import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes, type NewKey } from '@sandgate/api-spec';
import { actOf } from '../audit/act.ts';
import { forgetKey } from '../auth/api-key.ts';
import { requireScopes } from '../auth/caller.ts';
import { digestOfKey, type KeyRecord, KeyStore, keyResource } from '../auth/key-store.ts';
import { mintKey } from '../auth/key-text.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { checkExpiry } from '../orchestrator/expiry.ts';
import { derivedId } from '../session-name.ts';
import { cursorBehind, positionOf } from './list-cursor.ts';

/** How long a key that is rotated stays valid unless told, in seconds. */
const overlapSeconds = 3600;

type Successor = Pick<KeyRecord, 'accountId' | 'name' | 'scopes' | 'expiresAt'>;

export function keyRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.createKey, async (c) => {
    const caller = c.get('caller');
    const { name, scopes, expiresAt } = c.req.valid('json');
    requireScopes(caller, scopes);
    checkExpiry(expiresAt);
    const made = await newKey({ accountId: caller.accountId, name, scopes, expiresAt: inUtc(expiresAt) }, [
      c.req.valid('header')['idempotency-key'] ?? crypto.randomUUID(),
    ]);
    await new KeyStore(c.env.DB).add(made.record, actOf(c));
    return c.json(made.resource, 201);
  });

  app.openapi(gatewayRoutes.listKeys, async (c) => {
    const { after, limit = 100 } = c.req.valid('query');
    const found = await new KeyStore(c.env.DB).list(
      c.get('caller').accountId,
      after ? positionOf(after) : undefined,
      limit + 1,
    );
    const data = found.slice(0, limit).map(keyResource);
    const last = data.at(-1);
    const hasMore = found.length > limit;
    return c.json({ data, hasMore, nextCursor: hasMore && last ? cursorBehind(last) : null }, 200);
  });

  app.openapi(gatewayRoutes.getKey, async (c) => {
    const key = await new KeyStore(c.env.DB).get(c.get('caller').accountId, c.req.valid('param').keyId);
    return c.json(keyResource(key), 200);
  });

  app.openapi(gatewayRoutes.rotateKey, async (c) => {
    const caller = c.get('caller');
    const { keyId } = c.req.valid('param');
    const change = c.req.valid('json') ?? {};
    checkExpiry(change.expiresAt);
    const keys = new KeyStore(c.env.DB);
    const old = await keys.get(caller.accountId, keyId);
    requireScopes(caller, old.scopes); // Else whoever may make keys could make himself a greater one.
    const made = await newKey({ ...old, expiresAt: inUtc(change.expiresAt) ?? asLongFromNow(old) }, [
      keyId,
      c.req.valid('header')['idempotency-key'] ?? crypto.randomUUID(),
    ]);
    const endsAt = new Date(Date.now() + (change.overlapSeconds ?? overlapSeconds) * 1000).toISOString();
    await keys.add(made.record, actOf(c), { id: keyId, endsAt });
    forgetKey(caller.accountId, keyId);
    return c.json(made.resource, 201);
  });

  app.openapi(gatewayRoutes.revokeKey, async (c) => {
    const { accountId } = c.get('caller');
    const { keyId } = c.req.valid('param');
    await new KeyStore(c.env.DB).revoke(accountId, keyId, actOf(c));
    forgetKey(accountId, keyId);
    return c.body(null, 204);
  });
}

/** @param idempotency what the id follows from. */
async function newKey({ accountId, name, scopes, expiresAt }: Successor, idempotency: string[]) {
  const key = mintKey();
  const record = {
    id: await derivedId('key', accountId, ...idempotency),
    accountId,
    name,
    scopes,
    createdAt: new Date().toISOString(),
    expiresAt,
    revoked: false,
    lastUsedAt: undefined,
  };
  const resource: NewKey = { ...keyResource(record), key };
  return { record: { ...record, digest: await digestOfKey(key) }, resource };
}

function inUtc(date: string | undefined): string | undefined {
  return date && new Date(date).toISOString();
}

/** The end of a key that lives for as long as this one was made for. */
function asLongFromNow({ createdAt, expiresAt }: KeyRecord): string | undefined {
  return expiresAt && new Date(Date.now() + Date.parse(expiresAt) - Date.parse(createdAt)).toISOString();
}
