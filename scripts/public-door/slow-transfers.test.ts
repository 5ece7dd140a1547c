import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileEntry } from '@sandgate/api-spec';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { createSession, run } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

/** After so long without anything to do the container sleeps; in seconds. */
const idleTimeoutSeconds = 10;
/** How long the other side stands still in the middle: longer than that, and than a request may wait for an answer. */
const stallMs = 40_000;

/** Bytes that are all different, and more of them than all that lies between holds. */
const size = 48 * 1024 ** 2;
const numbers = `seq 1000000 8000000 | head -c ${size}`;
const whole = Buffer.alloc(size, Array.from({ length: 7_000_001 }, (_, index) => `${index + 1_000_000}\n`).join(''));

let sessionId: string;
beforeAll(async () => {
  sessionId = (await createSession(door, { idleTimeoutSeconds })).id;
});

const ask = (method: 'GET' | 'PUT', path: string, headers: Record<string, string | number> = {}) =>
  request(`${door.url}/v1/sessions/${sessionId}/files/${path}`, {
    method,
    headers: { authorization: `Bearer ${door.apiKey}`, ...headers },
  });
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.concurrent('a transfer that stands still for longer than its session may be idle', () => {
  it('goes on as a download, to its end', async () => {
    await run(door, sessionId, `${numbers} > down`);
    const asked = ask('GET', 'down').end();
    const [response] = await once(asked, 'response');
    expect(response.headers['content-length']).toBe(String(size));
    await sleep(stallMs);
    const pieces = await Array.fromAsync(response as AsyncIterable<Buffer>);
    expect(digest(Buffer.concat(pieces))).toBe(digest(whole));
  });

  it('goes on as an upload, to its end', async () => {
    const asked = ask('PUT', 'up', { 'content-type': 'application/octet-stream', 'content-length': size });
    const answered = once(asked, 'response');
    asked.write(whole.subarray(0, size / 2));
    await sleep(stallMs);
    asked.end(whole.subarray(size / 2));
    const [response] = await answered;
    expect([response.statusCode, ((await json(response)) as FileEntry).size]).toEqual([201, size]);
    expect((await run(door, sessionId, 'sha256sum up')).outputText).toContain(digest(whole));
  });
});
