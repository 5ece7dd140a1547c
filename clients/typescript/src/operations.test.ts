import document from '@sandgate/api-spec/openapi.json' with { type: 'json' };
import { describe, expect, test } from 'vitest';
import type { operations } from './generated/openapi.ts';
import type { Sandgate } from './index.ts';
import { collect } from './testing/collect.ts';
import { complete, json, stream, TestGateway } from './testing/gateway.ts';

const session = (client: Sandgate) => client.sessions.handle('s');

/** All but the webhooks, which the server calls. */
type Operation = Exclude<keyof operations, `on${string}`>;

/** How each operation of the contract is called. */
const calls: { [_ in Operation]: (client: Sandgate) => unknown } = {
  getHealth: (client) => client.health(),
  createSession: (client) => client.sessions.create(),
  listSessions: (client) => client.sessions.list(),
  getSession: (client) => client.sessions.get('s'),
  updateSession: (client) => session(client).update({}),
  deleteSession: (client) => client.sessions.delete('s'),
  sleep: (client) => session(client).sleep(),
  wake: (client) => session(client).wake(),
  fork: (client) => session(client).fork(),
  getLogs: (client) => session(client).logs(),
  chat: (client) => collect(session(client).chat('hi')),
  listTurns: (client) => session(client).turns.list(),
  getTurn: (client) => session(client).turns.get('t'),
  getTurnEvents: (client) => collect(session(client).turns.events('t')),
  interrupt: (client) => session(client).interrupt(),
  getEvents: (client) => session(client).listEvents(),
  listMessages: (client) => session(client).messages(),
  listRequests: (client) => session(client).requests(),
  listAccountRequests: (client) => client.requests(),
  resume: (client) => session(client).resume({ requestId: 'p', decision: 'allow' }),
  listFiles: (client) => session(client).files.list(),
  changeFiles: (client) => session(client).files.mkdir('a'),
  statFile: (client) => session(client).files.stat('a'),
  readFile: (client) => session(client).files.read('a/b'),
  writeFile: (client) => session(client).files.write('a/b', 'x'),
  deleteFile: (client) => session(client).files.delete('a/b'),
  readArchive: (client) => session(client).files.readArchive(),
  writeArchive: (client) => session(client).files.writeArchive('.', 'x'),
  createSnapshot: (client) => session(client).snapshots.create(),
  listSnapshots: (client) => session(client).snapshots.list(),
  deleteSnapshot: (client) => session(client).snapshots.delete('n'),
  restoreSnapshot: (client) => session(client).snapshots.restore('n'),
  createSessionToken: (client) => session(client).tokens.create({ scopes: ['sessions:read'] }),
  revokeSessionTokens: (client) => session(client).tokens.revoke(),
  createKey: (client) => client.keys.create({ name: 'ci', scopes: ['sessions:read'] }),
  listKeys: (client) => client.keys.list(),
  getKey: (client) => client.keys.get('k'),
  revokeKey: (client) => client.keys.revoke('k'),
  rotateKey: (client) => client.keys.rotate('k'),
  getAccount: (client) => client.account(),
  createWebhook: (client) => client.webhooks.create({ url: 'https://example.com/', events: ['turn.completed'] }),
  listWebhooks: (client) => client.webhooks.list(),
  getWebhook: (client) => client.webhooks.get('w'),
  updateWebhook: (client) => client.webhooks.update('w', {}),
  deleteWebhook: (client) => client.webhooks.delete('w'),
  rotateWebhookSecret: (client) => client.webhooks.rotate('w'),
  testWebhook: (client) => client.webhooks.test('w'),
  listWebhookDeliveries: (client) => client.webhooks.deliveries('w'),
  redeliverWebhook: (client) => client.webhooks.redeliver('w', 'd'),
  listAudit: (client) => client.audit(),
};

interface Documented {
  operationId: Operation;
  parameters?: { in: string; name: string }[];
}

const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Documented>).map(([method, operation]) => ({ method, path, ...operation })),
);

describe('every operation of the contract has a method', () => {
  test.each(documented)('$operationId', async ({ operationId, method, path, parameters = [] }) => {
    const streams = ['chat', 'getTurnEvents'].includes(operationId);
    const gateway = await TestGateway.start(streams ? stream(complete(1)) : json({ data: [], hasMore: false }));
    await calls[operationId](gateway.client());
    const [seen] = gateway.seen;
    expect(seen?.method).toBe(method.toUpperCase());
    expect(new URL(seen?.url ?? '', gateway.url).pathname).toMatch(
      new RegExp(`^${path.replaceAll(/{\w+}/g, '[^/]+')}$`),
    );
    if (parameters.some(({ name }) => name === 'idempotency-key'))
      expect(seen?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
