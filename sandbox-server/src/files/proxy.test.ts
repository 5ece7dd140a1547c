import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { FilesProxy } from './proxy.ts';

/** A files process that answers nothing, and notes what it is told. */
const silent = `
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:http2');
const { Socket } = require('node:net');
const note = (text) => appendFileSync(process.argv[2] + '/told.txt', text + '\\n');
const server = createServer();
server.on('stream', (stream) => {
  note('asked');
  stream.on('error', () => {}).on('close', () => note('closed ' + stream.rstCode));
});
server.emit('connection', new Socket({ fd: 3, readable: true, writable: true }));
`;

const directory = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
const program = process.argv[1];
beforeAll(() => {
  writeFileSync(join(directory, 'files.cjs'), silent);
  process.argv[1] = join(directory, 'server.cjs');
});
afterAll(() => {
  process.argv[1] = program as string;
  rmSync(directory, { recursive: true, force: true });
});

test('a caller who leaves before there is an answer takes the question with him, and it is not asked again', async () => {
  const files = new FilesProxy({ uid: undefined, gid: undefined, workspace: directory, env: {} });
  const answered: Promise<unknown>[] = [];
  const server = createServer((incoming, outgoing) => {
    answered.push(files.fetch({ incoming, outgoing }, 'req_1').catch((error) => error));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const told = () => {
    try {
      return readFileSync(join(directory, 'told.txt'), 'utf8');
    } catch {
      return '';
    }
  };

  const leave = new AbortController();
  const { port } = server.address() as AddressInfo;
  const asking = fetch(`http://127.0.0.1:${port}/files/a`, { signal: leave.signal }).catch(() => {});
  await eventually(() => told() === 'asked\n');
  leave.abort();
  await asking;
  await eventually(() => told() !== 'asked\n');
  expect(await answered[0]).toMatchObject({ code: 'sandbox_error' });
  expect(told()).toBe('asked\nclosed 8\n'); // RFC 9113, 7: CANCEL.
  files.close();
  server.close();
});
