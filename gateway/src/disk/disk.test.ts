import { type ProblemCode, ProblemError } from '@sandgate/api-spec';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sessionStorage } from '../orchestrator/testing/session-storage.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { Disk } from './disk.ts';
import { Loans } from './loans.ts';
import { DiskStore } from './store.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.stubGlobal('IdentityTransformStream', TransformStream);
});
afterEach(() => void vi.useRealTimers().unstubAllGlobals().restoreAllMocks());

/** The disk of a container that was changed, and whose server refuses to save it, or ends the while. */
function refusedDisk(code: ProblemCode | 'ended') {
  const storage = sessionStorage();
  const store = new DiskStore(storage, 'sb-1');
  let isRunning = true;
  const sandbox = {
    isRunning: async () => isRunning,
    saveDisk: async () => {
      if (code !== 'ended') return new ProblemError(code, 'Refused.').toResponse('');
      isRunning = false;
      throw new Error('Network connection lost.');
    },
    diskReady: async () => undefined,
  } as unknown as SessionSandbox;
  const said: string[] = [];
  const disk = new Disk({
    bucket: { delete: () => new Promise(() => undefined) } as unknown as R2Bucket,
    store,
    loans: new Loans(storage),
    giveBack: async () => undefined,
    sandbox: () => sandbox,
    limits: { bytes: 1, entries: 1 },
    lastSeq: () => 0,
    onPostponed: () => undefined,
    onFailure: ({ code }) => said.push(code),
    onLoss: () => said.push('disk_rewound'),
  });
  store.begin('boot_1');
  disk.changed();
  return { disk, store, said };
}

it('goes on where the bucket never answers that what is swept is deleted', async () => {
  vi.useFakeTimers();
  const { disk, store } = refusedDisk('ended');
  store.addObject(1);
  const swept = disk.sweep().then(() => 'over');
  await vi.advanceTimersByTimeAsync(80_000);
  expect(await Promise.race([swept, 'still waiting'])).toBe('over');
});

/** That of a container that has gone; the one that is there now was never made ready. */
const diskOfAnother = () => refusedDisk('boot_mismatch');

it.each([
  ['that holds nothing of it', diskOfAnother],
  ['that ends while it is saved', () => refusedDisk('ended')],
])('lets a container go %s, once it was said what is lost', async (_, diskOf) => {
  const { disk, said } = diskOf();
  const gone: string[] = [];
  const leave = () =>
    disk.leave(
      () => undefined,
      async () => void gone.push('gone'),
    );
  await expect(leave()).rejects.toMatchObject({ code: 'disk_rewound' });
  await leave();
  expect([said, gone]).toEqual([['disk_rewound'], ['gone']]);
});

it('has no snapshot taken of what is lost', async () => {
  const { disk, said } = diskOfAnother();
  const take = (id: string) => disk.takeSnapshot(id, undefined, () => undefined);
  await expect(take('snap_1')).rejects.toMatchObject({ code: 'disk_rewound' });
  expect(await take('snap_1')).toMatchObject({ id: 'snap_1', entries: 0 });
  expect(said).toEqual(['disk_rewound']);
});

it('is with no boot once it was put to sleep: what is told to have changed only then is lost', async () => {
  const { disk, store, said } = refusedDisk('boot_mismatch');
  store.rewind();
  await disk.leave(
    () => undefined,
    async () => expect(disk.bootId).toBe('boot_1'),
  );
  expect(disk.bootId).toBeUndefined();
  await disk.prepare('boot_2');
  await disk.leave(
    () => undefined,
    async () => disk.changed(),
  );
  expect(said).toEqual([]);
  await disk.prepare('boot_3');
  expect(said).toEqual(['disk_rewound']);
});

it('is saved again later and later where a save fails, and sooner where something changes', async () => {
  vi.useFakeTimers({ now: 0 });
  const { disk, store, said } = refusedDisk('sandbox_error');
  const waits: number[] = [];
  for (let n = 0; n < 9; n++) {
    await disk.keep();
    waits.push((store.saveAt ?? Number.NaN) / 1000);
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  expect(said).toEqual(['disk_not_saved']);
  disk.changed();
  expect(store.saveAt).toBe(5000);
  store.failed('A save of what was there before.', store.changes - 1, 300_000);
  expect(store.saveAt).toBe(5000);
});

it('is not tried again where it is too large, until something changes', async () => {
  const { disk, store } = refusedDisk('disk_too_large');
  await disk.keep();
  expect(store.saveAt).toBeUndefined();
  disk.changed();
  expect(store.saveAt).toBeDefined();
});
