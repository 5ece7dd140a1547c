import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Transcripts } from './transcripts.ts';

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-transcripts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'transcripts.json');
}

test('each session has a conversation of its own, until it is lost', () => {
  const path = file();
  const transcripts = new Transcripts(path);
  transcripts.begun('a', { id: '1' });
  transcripts.begun('b', { id: '2' });
  transcripts.lost('b');
  const again = new Transcripts(path);
  expect([again.of('a')?.id, again.of('b')?.id, again.of('c')?.id]).toEqual(['1', undefined, undefined]);
});

test('a fork goes on with the conversation on its disk, and loses it for good', () => {
  const path = file();
  new Transcripts(path).begun('first', { id: '1' });
  const fork = new Transcripts(path, 'fork');
  expect([fork.of('fork')?.id, fork.of('first')?.id]).toEqual(['1', undefined]);
  const forkOfFork = new Transcripts(path, 'fork-of-fork'); // The fork itself had no turn.
  expect(forkOfFork.of('fork-of-fork')?.id).toBe('1');
  forkOfFork.lost('fork-of-fork');
  expect(new Transcripts(path, 'fork-of-fork').of('fork-of-fork')).toBeUndefined();
});

test('one that an earlier version noted without a mode is read', () => {
  const path = file();
  writeFileSync(path, '{"a":"1"}');
  const transcripts = new Transcripts(path);
  expect(transcripts.of('a')).toEqual({ id: '1' });
  transcripts.begun('a', { id: '1', modeId: 'default' });
  expect(new Transcripts(path).of('a')).toEqual({ id: '1', modeId: 'default' });
});

test('a conversation that cannot be noted goes on, and is noted with the next turn', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  const path = file();
  const transcripts = new Transcripts(path);
  mkdirSync(`${path}.new`); // In the way of the file, as a full disk would be.
  transcripts.begun('a', { id: '1' });
  expect(write).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('"event":"transcript_not_noted"'));
  expect([transcripts.of('a')?.id, new Transcripts(path).of('a')?.id]).toEqual(['1', undefined]);
  rmdirSync(`${path}.new`);
  transcripts.begun('a', { id: '1' });
  expect(new Transcripts(path).of('a')?.id).toBe('1');
});
