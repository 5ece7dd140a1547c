import { beforeEach, expect, it } from 'vitest';
import { sessionStorage } from '../orchestrator/testing/session-storage.ts';
import { type DiskPart, DiskStore } from './store.ts';

let store: DiskStore;
beforeEach(() => {
  store = new DiskStore(sessionStorage(), 'sb-1');
});

/** Writes this many new objects, and makes them and the given ones the newest save. */
function save(count: number, kept: DiskPart[] = []): DiskPart[] {
  const changes = store.changes;
  const added = Array.from({ length: count }, (): DiskPart => {
    return { number: store.addObject(1).number, tree: 'workspace', kind: 'pack' };
  });
  const parts = [...kept, ...added];
  store.commit({ at: '2026-11-22T20:34:00.000Z', seq: 1, entries: 1, bytes: 1 }, parts, changes);
  return parts;
}

const unused = () => store.unused(100).map(({ key }) => key);

it('lets go what no save needs, and gives no number twice', () => {
  const [first] = save(2) as [DiskPart];
  expect(unused()).toEqual([]);
  save(1, [first]);
  expect(unused()).toEqual(['sb-1/2']);
  store.removed([2]);
  expect(unused()).toEqual([]);
  store.addObject(1); // Of a save that came to nothing.
  expect(unused()).toEqual(['sb-1/4']);
  store.removed([4]);
  expect(store.nextObject).toBe(5);
});

it('keeps what a snapshot needs, until that is deleted or all is', () => {
  save(1);
  store.addSnapshot('snap_1', 'first', '2026-11-22T20:34:00.000Z');
  save(1);
  expect(unused()).toEqual([]);
  store.begin('boot_1');
  store.goBack('snap_1');
  expect(store.bootId).toBeUndefined();
  expect(store.parts(store.newest()?.id ?? 0).map(({ number }) => number)).toEqual([1]);
  expect(unused()).toEqual(['sb-1/2']);
  save(1);
  store.removeSnapshot('snap_1');
  expect(store.snapshots()).toEqual([]);
  expect(unused()).toEqual(['sb-1/1', 'sb-1/2']);
  store.clear();
  expect(unused()).toHaveLength(3);
});

it('knows of a change that follows one which came to nothing, and which a new boot was told of', () => {
  store.begin('boot_1');
  store.changed(1000);
  store.begin('boot_2');
  store.unchanged();
  store.changed(2000);
  expect(store.isChanged).toBe(true);
});

it('takes back no change but the last', () => {
  store.begin('boot_1');
  store.changed(1000);
  store.changed(2000);
  store.unchanged();
  expect(store.isChanged).toBe(true);
});

it('knows of changes that no save has', () => {
  store.begin('boot_1');
  expect(store.isChanged).toBe(false);
  store.changed(1000);
  store.unchanged();
  expect(store.isChanged).toBe(false);
  store.changed(1000);
  expect(store).toMatchObject({ isChanged: true, saveAt: 1000 });
  const { changes } = store;
  store.changed(2000); // While a save is under way.
  store.commit({ at: '2026-11-22T20:34:00.000Z', seq: 1, entries: 0, bytes: 0 }, [], changes);
  store.tried(changes);
  expect(store).toMatchObject({ isChanged: true, saveAt: 2000 });
});
