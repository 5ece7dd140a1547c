import { type DiskFrame, diskFramePieces } from '@sandgate/api-spec';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sessionStorage } from '../orchestrator/testing/session-storage.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { saveTrees } from './save.ts';
import { DiskStore } from './store.ts';

beforeEach(() => void vi.useFakeTimers().stubGlobal('IdentityTransformStream', TransformStream));
afterEach(() => void vi.useRealTimers().unstubAllGlobals());

/** What a sandbox answers to a save, as far as it is read here. */
function answerOf(frames: DiskFrame[]): Response {
  const bytes = Buffer.concat(frames.flatMap((frame) => [...diskFramePieces(frame)]));
  const chunks = [new Uint8Array(bytes)];
  const readAtLeast = async () => ({ value: chunks[0], done: chunks.shift() === undefined });
  const body = { getReader: () => ({ readAtLeast, cancel: async () => undefined }) };
  return { ok: true, status: 200, body } as unknown as Response;
}

it('is given up where the bucket never answers: whoever waits for the disk goes on', async () => {
  const bytes = new Uint8Array(10);
  const saveDisk = async () => answerOf([{ head: { type: 'pack', number: 1, length: bytes.length }, bytes }]);
  const saving = saveTrees({
    bucket: { put: () => new Promise(() => undefined) } as unknown as R2Bucket,
    store: new DiskStore(sessionStorage(), 'sb-1'),
    sandbox: { saveDisk } as unknown as SessionSandbox,
    limits: { bytes: 1000, entries: 1 },
    bootId: 'boot_1',
    signal: new AbortController().signal,
  });
  const outcome = saving.catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(80_000);
  expect(await Promise.race([outcome, 'still waiting'])).toBe('Nothing became of the disk for 60000 ms.');
});
