import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Event } from '@sandgate/api-spec';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { parsePage } from '../docs/page.ts';
import { judge, type Message } from './event-source-judge.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };
const path = 'docs/streams.md';
const { blocks } = parsePage(path, readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'sandgate-readers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads with the program that the page shows under this name. */
function readWith(command: string, file: string) {
  const program = join(folder, file);
  writeFileSync(program, blocks.find((block) => block.file === file)?.text ?? '');
  return async (url: string): Promise<Message[]> => {
    const { origin, pathname } = new URL(url);
    const env = { ...process.env, SANDGATE_BASE_URL: origin, SANDGATE_API_KEY: 'added-by-the-proxy' };
    const { stdout } = await promisify(execFile)(command, [program, pathname], { env, maxBuffer: 64 << 20 });
    return stdout
      .trimEnd()
      .split('\n')
      .map((data) => ({ data, lastEventId: String((JSON.parse(data) as Event & { seq?: number }).seq ?? '') }));
  };
}

describe.each([
  { file: 'follow.py', command: 'python3' },
  { file: 'follow.mjs', command: process.execPath },
])(`${path}: $file`, ({ file, command }) => {
  it('reads a turn through two cuts to its end, each event once', async () => {
    const { cuts, read, due, rebuilt, printed } = await judge(door, readWith(command, file));
    expect(cuts).toBe(2);
    expect(read).toEqual(due);
    expect(rebuilt).not.toBe('');
    expect(printed.startsWith(rebuilt)).toBe(true);
  });
});
