import { expect, it } from 'vitest';
import { empty, hangUp, json, TestGateway } from '../testing/gateway.ts';

const webhook = { id: 'wh_1', url: 'https://hooks.example.com/', events: ['turn.completed'], status: 'enabled' };
const page = (data: object[]) => json({ data, hasMore: false, nextCursor: null });

it('webhooks are made under one idempotency key, however often that is tried', async () => {
  const gateway = await TestGateway.start(hangUp, json({ ...webhook, secret: 'whsec_x' }, 201));
  const made = await gateway.client().webhooks.create({ url: webhook.url, events: ['turn.completed'] });
  expect(made.secret).toBe('whsec_x');
  const keys = gateway.seen.map(({ headers }) => headers['idempotency-key']);
  expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
});

it('webhooks are listed, changed, tested, rotated and deleted, and what they missed is sent again', async () => {
  const delivery = { id: 'evt_1', type: 'turn.completed', status: 'failed', attempts: [] };
  const gateway = await TestGateway.start(
    page([webhook]),
    json(webhook),
    json(delivery),
    page([delivery]),
    json({ ...delivery, status: 'delivered' }),
    json({ ...webhook, secret: 'whsec_y' }, 201),
    empty(204),
  );
  const { webhooks } = gateway.client();
  for await (const { id } of webhooks.list()) {
    await webhooks.update(id, { status: 'enabled' });
    await webhooks.test(id);
    for await (const missed of webhooks.deliveries(id)) await webhooks.redeliver(id, missed.id);
    await webhooks.rotate(id, { overlapSeconds: 0 });
    await webhooks.delete(id);
  }
  expect(gateway.requests).toEqual([
    'GET /v1/webhooks',
    'PATCH /v1/webhooks/wh_1',
    'POST /v1/webhooks/wh_1/test',
    'GET /v1/webhooks/wh_1/deliveries',
    'POST /v1/webhooks/wh_1/deliveries/evt_1/redeliver',
    'POST /v1/webhooks/wh_1/rotate',
    'DELETE /v1/webhooks/wh_1',
  ]);
});

it('what waits for a person is listed over all sessions', async () => {
  const gateway = await TestGateway.start(page([{ sessionId: 's', requestId: 'perm_1' }]));
  const ids = await Array.fromAsync(gateway.client().requests({ kind: 'permission' }), ({ sessionId }) => sessionId);
  expect(ids).toEqual(['s']);
  expect(gateway.requests).toEqual(['GET /v1/requests?kind=permission']);
});
