import {
  type AuditEntry,
  gatewayRoutes,
  type Key,
  type NewKey,
  type SessionSummary,
  type Snapshot,
  type Webhook,
  type WebhookDelivery,
} from '@sandgate/api-spec';
import { createSession, type Door, expectCall, run } from '../public-door/door.ts';

const { createWebhook, listAudit, listWebhooks, listWebhookDeliveries, testWebhook } = gatewayRoutes;
const { createKey, createSnapshot, getEvents, getSession, listFiles, listKeys, listSessions, listSnapshots } =
  gatewayRoutes;

/** An account with something of everything in it. */
export interface Victim {
  door: Door;
  /** What an operation may be about. */
  params: Record<string, string>;
  /** All of it that an attack could change. */
  state(): Promise<unknown>;
}

export async function openVictim(door: Door): Promise<Victim> {
  const { id: sessionId } = await createSession(door);
  const of = { params: { sessionId } };
  const turn = await run(door, sessionId, 'echo mine > mine.txt');
  const snapshot = await expectCall<Snapshot>(door, 201, createSnapshot, { ...of, body: {} });
  const key = await expectCall<NewKey>(door, 201, createKey, { body: { name: 'mine', scopes: ['sessions:read'] } });
  const { id: webhookId } = await expectCall<Webhook>(door, 201, createWebhook, {
    body: { url: 'https://nobody.example.com/', events: ['session.expired'] },
  });
  const ofWebhook = { params: { webhookId } };
  const { id: deliveryId } = await expectCall<WebhookDelivery>(door, 200, testWebhook, ofWebhook);
  return {
    door,
    params: {
      sessionId,
      turnId: turn.id,
      snapshotId: snapshot.id,
      keyId: key.id,
      path: 'mine.txt',
      webhookId,
      deliveryId,
    },
    async state() {
      const { disk: _, ...session } = await expectCall<{ disk?: unknown }>(door, 200, getSession, of);
      const query = { limit: '1000' };
      const { data: keys } = await expectCall<{ data: Key[] }>(door, 200, listKeys, { query });
      const { data: sessions } = await expectCall<{ data: SessionSummary[] }>(door, 200, listSessions, { query });
      const { data: audit } = await expectCall<{ data: AuditEntry[] }>(door, 200, listAudit, { query });
      return {
        done: audit.filter(({ outcome }) => outcome === 'succeeded'),
        session,
        sessions,
        keys: keys.map(({ lastUsedAt: _, ...rest }) => rest),
        events: await expectCall(door, 200, getEvents, { ...of, query }),
        files: await expectCall(door, 200, listFiles, { ...of, query: { recursive: 'true' } }),
        webhooks: await expectCall(door, 200, listWebhooks),
        deliveries: await expectCall(door, 200, listWebhookDeliveries, ofWebhook),
        snapshots: await expectCall(door, 200, listSnapshots, of),
      };
    },
  };
}
