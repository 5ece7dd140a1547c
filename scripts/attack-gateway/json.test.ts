import { gatewayRoutes, type Session } from '@sandgate/api-spec';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import {
  chat,
  createSession,
  eventsOf,
  expectCall,
  expectProblem,
  only,
  readUntil,
  script,
} from '../public-door/door.ts';
import { type Answer, exchange } from './fuzz/exchange.ts';
import { broken } from './fuzz/verdict.ts';
import { type Operation, operations } from './operation.ts';
import { tally } from './tally.ts';

/** JSON that means mischief, to every operation that takes any: each answer is in the contract, and nothing else has changed. */
const door = { url: inject('url'), apiKey: inject('apiKey') };
const withJson = operations.filter(({ headers }) => headers['content-type'] === 'application/json');
const mebibyte = 1024 * 1024;

let params: Record<string, string>;
beforeAll(async () => {
  const none = ['turnId', 'snapshotId', 'keyId', 'webhookId', 'deliveryId'].map((name) => [name, 'none']);
  params = { ...Object.fromEntries(none), sessionId: (await createSession(door)).id, path: 'x' };
});

async function send(operation: Operation, body: string): Promise<Answer> {
  tally('tries with JSON', 1);
  const headers = { ...operation.headers, accept: 'application/json', authorization: `Bearer ${door.apiKey}` };
  const target = operation.path(params);
  const answer = await exchange(door.url, { method: operation.method, target, headers, body });
  expect(broken(operation.method, target, answer), body.slice(0, 200)).toBeUndefined();
  return answer;
}

/** The example of the contract, with this in front of what it holds. */
const withFirst = ({ body = '{}' }: Operation, text: string) => `{${text}${body === '{}' ? '' : ','}${body.slice(1)}`;

describe('a body that', () => {
  it.each(withJson)('reaches for a prototype changes nothing: $id', async (operation) => {
    const before = await createSession(door);
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])
      for (const value of [
        '{"permissionMode":"bypass","polluted":true}',
        '{"prototype":{"polluted":true}}',
        'null',
        '"x"',
      ])
        await send(operation, withFirst(operation, `${JSON.stringify(key)}:${value}`));
    const after = await createSession(door);
    const own = ({ id: _, createdAt: __, ...rest }: Session) => rest;
    expect(own(after)).toEqual(own(before));
  });

  it.each(withJson)('is as deep as it can be is refused: $id', async (operation) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
      for (const body of [deep(100_000), open.repeat(100_000), withFirst(operation, `"a":${deep(100_000)}`)])
        expect((await send(operation, body)).status).toBe(400);
    }
  });

  it.each(withJson)('is too large is refused, however its length is told: $id', async (operation) => {
    expect((await send(operation, `"${'x'.repeat(2 * mebibyte)}"`)).status).toBe(413);
    const response: Response | { code: string } = await fetch(`${door.url}${operation.path(params)}`, {
      method: operation.method,
      headers: { ...operation.headers, authorization: `Bearer ${door.apiKey}` },
      body: new Blob(Array(2).fill('x'.repeat(mebibyte))).stream(),
      duplex: 'half',
    } as RequestInit).catch((error) => error.cause);
    // Who still sends when he is refused may find the connection closed before he reads why.
    expect(response instanceof Response ? response.status : response.code).toBeOneOf([413, 'EPIPE', 'ECONNRESET']);
  });

  it.each(withJson)('is odd is refused, or taken as one thing: $id', async (operation) => {
    for (const odd of ['1e999', '-1e999', '-0', '1e-999', '9007199254740993', '"\\ud800"', '"\\u0000"', '[]', 'true'])
      for (const name of Object.keys(JSON.parse(operation.body ?? '{}')))
        await send(operation, `{${(operation.body ?? '{}').slice(1, -1)},${JSON.stringify(name)}:${odd}}`);
    for (const odd of [
      'NaN',
      'Infinity',
      "{'a':1}",
      '{a:1}',
      '{"a":1,}',
      '// x\n{}',
      '\ufeff\ufeff{}',
      '{}\0',
      '{} {}',
    ])
      expect((await send(operation, odd)).status, odd).toBe(400);
  });
});

it('may not be so deep that nobody can write it down, where it belongs to a tool', async () => {
  const { id: sessionId } = await createSession(door);
  const events = eventsOf(await chat(door, sessionId, script('true')));
  const [request] = only(await readUntil(events, 'permission.requested'), 'permission.requested');
  const answer = (depth: number) =>
    `{"requestId":"${request?.requestId}","decision":"allow","updatedInput":{"script":"true","a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
  for (const depth of [65, 1000, 10_000, 100_000])
    await expectProblem(door, 'invalid_request', gatewayRoutes.resume, { params: { sessionId }, body: answer(depth) });
  await expectCall(door, 200, gatewayRoutes.resume, { params: { sessionId }, body: answer(60) });
  expect(only(await readUntil(events, 'complete'), 'complete')).toHaveLength(1);
});

it('a hundred megabytes are refused while they come', async () => {
  tally('tries with JSON', 1);
  const piece = new Uint8Array(mebibyte).fill(0x20);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < 100) controller.enqueue(piece);
      else controller.close();
    },
  });
  const answer = fetch(`${door.url}/v1/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${door.apiKey}`, 'content-type': 'application/json' },
    body: endless,
    duplex: 'half',
  } as RequestInit);
  // It may be cut off while it still sends; a refusal that arrives is the right one.
  const status = await answer.then(
    (response) => response.status,
    () => 413,
  );
  expect(status).toBe(413);
});

it('of two keys of a name the last is taken, by all who look', async () => {
  const { sessionId = '' } = params;
  const own = `twice-${crypto.randomUUID()}`;
  const create = operations.find(({ id }) => id === 'createSession') as Operation;
  const answer = await send(create, `{"id":"${own}-a","id":"${own}","metadata":{"a":"1","a":"2"}}`);
  expect(JSON.parse(answer.body.toString())).toMatchObject({ id: own, metadata: { a: '2' } });
  expect(sessionId).not.toBe(own);
});
