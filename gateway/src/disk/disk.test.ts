import { ProblemError } from '@sandgate/api-spec';
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
afterEach(() => void vi.unstubAllGlobals().restoreAllMocks());

/** The disk of a container that was changed and has gone; the one that is there now was never made ready. */
function diskOfAnother() {
  const storage = sessionStorage();
  const store = new DiskStore(storage, 'sb-1');
  const sandbox = {
    isRunning: async () => true,
    saveDisk: async () => new ProblemError('boot_mismatch', 'Another boot.').toResponse(''),
  } as unknown as SessionSandbox;
  const said: string[] = [];
  const disk = new Disk({
    bucket: {} as R2Bucket,
    store,
    loans: new Loans(storage),
    giveBack: async () => undefined,
    sandbox: () => sandbox,
    limits: { bytes: 1, entries: 1 },
    lastSeq: () => 0,
    onUnswept: () => undefined,
    onFailure: ({ code }) => said.push(code),
    onLoss: () => said.push('disk_rewound'),
  });
  store.begin('boot_1');
  disk.changed();
  return { disk, said };
}

it('lets a container go that holds nothing of it, once it was said what is lost', async () => {
  const { disk, said } = diskOfAnother();
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
