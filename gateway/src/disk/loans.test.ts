import { beforeEach, expect, it } from 'vitest';
import { sessionStorage } from '../orchestrator/testing/session-storage.ts';
import { type Loan, Loans } from './loans.ts';
import { type DiskPart, DiskStore } from './store.ts';

/** A session that lends and borrows. */
function open(name: string) {
  const storage = sessionStorage();
  return { name, store: new DiskStore(storage, name), loans: new Loans(storage) };
}
type Session = ReturnType<typeof open>;

let parent: Session;
beforeEach(() => {
  parent = open('sb-1');
});

/** Writes this many new objects, and makes them and the given ones the newest save. */
function save({ store }: Session, count: number, kept: DiskPart[] = []): DiskPart[] {
  const added = Array.from({ length: count }, (): DiskPart => {
    return { number: store.addObject(1).number, tree: 'workspace', kind: 'pack' };
  });
  const parts = [...kept, ...added];
  store.commit({ at: '2026-11-22T20:34:00.000Z', seq: 1, entries: 1, bytes: 1 }, parts, store.changes);
  return parts;
}

/** Forks one session from another, as it is. */
function fork(from: Session, name: string): Session {
  const newest = from.store.newest();
  const loan: Loan = { seq: 1, ...(newest && { save: newest }), nextObject: from.store.nextObject, isRewound: false };
  from.loans.ask(name);
  from.loans.lend(name, loan);
  const to = open(name);
  to.store.setLender(from.name);
  to.store.borrow(loan, from.loans.objects(name));
  return to;
}

const unused = ({ store }: Session) => store.unused(100).map(({ key }) => key);

it('lends a save by reference, under the same numbers, and goes on behind them', () => {
  save(parent, 2);
  parent.store.addObject(1); // Of a save that came to nothing.
  const child = fork(parent, 'sb-2');
  expect([...child.store.parts(child.store.newest()?.id ?? 0)]).toEqual([...parent.store.parts(1)]);
  expect(child.store.keyOf(2)).toBe('sb-1/2');
  expect(child.store.addObject(1)).toEqual({ number: 4, key: 'sb-2/4' });
  expect(child.store.isChanged).toBe(false);
  expect(child.store.bootId).toBeUndefined();
});

it('keeps what a fork needs, until the fork needs it no more', () => {
  save(parent, 3);
  const child = fork(parent, 'sb-2');
  parent.store.clear();
  expect(unused(parent)).toEqual([]);
  const [first] = child.store.parts(1) as [DiskPart];
  save(child, 1, [first]);
  expect(unused(child)).toEqual(['sb-1/2', 'sb-1/3']);
  expect(child.store.borrowed()).toEqual([1]);
  parent.loans.keep('sb-2', child.store.borrowed());
  expect(unused(parent)).toEqual(['sb-1/2', 'sb-1/3']);
  child.store.clear();
  parent.loans.keep('sb-2', child.store.borrowed());
  parent.loans.forget('sb-2');
  expect(unused(parent)).toHaveLength(3);
});

it('lends on what is borrowed, and keeps that for as long', () => {
  save(parent, 1);
  const child = fork(parent, 'sb-2');
  save(child, 1, child.store.parts(1));
  const grandchild = fork(child, 'sb-3');
  expect([1, 2].map((number) => grandchild.store.keyOf(number))).toEqual(['sb-1/1', 'sb-2/2']);
  expect(['sb-1/1', 'sb-2/2', 'sb-3/3'].map((key) => grandchild.store.owns(key))).toEqual([false, false, true]);
  child.store.clear();
  expect(unused(child)).toEqual([]);
  expect(child.store.borrowed()).toEqual([1]);
  child.loans.keep('sb-3', []);
  expect(unused(child)).toEqual(['sb-1/1', 'sb-2/2']);
  expect(child.store.borrowed()).toEqual([]);
});

it('outlives its session where it is buried', () => {
  save(parent, 2);
  fork(parent, 'sb-2');
  parent.store.setLender('sb-0');
  parent.store.clear();
  const remains = parent.store.remains();
  const grave = open('sb-1');
  grave.store.bury(remains, 1000);
  expect(grave.store.sweepAt).toBe(1000);
  expect(grave.store.lender).toBe('sb-0');
  expect([...grave.loans.objects('sb-2')]).toEqual([...parent.loans.objects('sb-2')]);
  grave.loans.keep('sb-2', [2]);
  expect(unused(grave)).toEqual(['sb-1/1']);
});

it('tells a fork the same again, and no more than 64 of them', () => {
  parent.loans.ask('sb-2');
  expect(parent.loans.get('sb-2')).toBeUndefined();
  const loan = { seq: 7, nextObject: 1, isRewound: false };
  parent.loans.lend('sb-2', loan);
  parent.loans.ask('sb-2');
  expect(parent.loans.get('sb-2')).toEqual(loan);
  for (let n = 3; n < 66; n++) parent.loans.ask(`sb-${n}`);
  expect(() => parent.loans.ask('sb-66')).toThrow('64 forks at most');
  parent.loans.ask('sb-2');
  parent.loans.forget('sb-2');
  expect(parent.loans.isAsked('sb-2')).toBe(false);
  parent.loans.ask('sb-66');
});
