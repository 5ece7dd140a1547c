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

const pack = (number: number): DiskFrame => ({ head: { type: 'pack', number, length: 10 }, bytes: new Uint8Array(10) });

/** A save of these frames into a bucket that is so slow, in milliseconds; and what it ends with. */
function saveInto(bucket: Partial<R2Bucket>, frames: DiskFrame[]) {
  const saving = saveTrees({
    bucket: bucket as R2Bucket,
    store: new DiskStore(sessionStorage(), 'sb-1'),
    sandbox: { saveDisk: async () => answerOf(frames) } as unknown as SessionSandbox,
    limits: { bytes: 1000, entries: 1 },
    bootId: 'boot_1',
    signal: new AbortController().signal,
  });
  return saving.catch((error: Error) => error.message);
}

it('is given up where the bucket never answers, and what comes into it later is deleted', async () => {
  const { promise: landing, resolve: land } = Promise.withResolvers<R2Object>();
  const deleted: unknown[] = [];
  const bucket = { put: () => landing, delete: async (key: unknown) => void deleted.push(key) };
  const outcome = saveInto(bucket as unknown as R2Bucket, [pack(1)]);
  await vi.advanceTimersByTimeAsync(80_000);
  expect(await Promise.race([outcome, 'still waiting'])).toBe('Nothing became of the disk for 60000 ms.');
  expect(deleted).toEqual([]);
  land({} as R2Object);
  await vi.advanceTimersByTimeAsync(0);
  expect(deleted).toHaveLength(1);
});

it('waits for a bucket that is slow, for as long as it stores', async () => {
  const put = () => new Promise((resolve) => setTimeout(resolve, 45_000));
  const outcome = saveInto({ put } as unknown as R2Bucket, [pack(1), pack(2), pack(3)]);
  await vi.advanceTimersByTimeAsync(200_000);
  expect(await outcome).toBe('The save broke off.'); // It was without an end.
});
