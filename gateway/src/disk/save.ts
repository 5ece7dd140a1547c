import { type DiskFrameHead, DiskTree, diskFrames, ProblemError } from '@sandgate/api-spec';
import { refusalOf } from '../sandbox/refusal.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { Patience } from './patience.ts';
import type { DiskPart, DiskStore } from './store.ts';
import { concatenated, unstalled } from './stream.ts';

export interface DiskLimits {
  bytes: number;
  entries: number;
}

interface Work {
  bucket: R2Bucket;
  store: DiskStore;
  sandbox: SessionSandbox;
  limits: DiskLimits;
  bootId: string;
  signal: AbortSignal;
}

type End = Extract<DiskFrameHead, { type: 'end' }>;

/** What was saved of all trees. */
interface Saved {
  parts: DiskPart[];
  entries: number;
  bytes: number;
}

/**
 * Brings what is new on the disk into R2. It is no save yet: whoever called makes it one.
 *
 * @throws ProblemError `disk_too_large`; where the sandbox broke off, or said what cannot be, any error.
 */
export async function saveTrees(work: Work): Promise<Saved> {
  const saved: Saved = { parts: [], entries: 0, bytes: 0 };
  for (const tree of DiskTree.options) {
    const ofTree = await saveTree(tree, work);
    saved.parts.push(...ofTree.parts);
    saved.entries += ofTree.entries;
    saved.bytes += ofTree.bytes;
  }
  return saved;
}

async function saveTree(tree: DiskTree, work: Work): Promise<Saved> {
  const patience = new Patience();
  try {
    return await receiveTree(tree, work, patience);
  } finally {
    patience.end();
  }
}

async function receiveTree(tree: DiskTree, work: Work, patience: Patience): Promise<Saved> {
  const { bucket, store, sandbox, limits, bootId, signal } = work;
  const newest = store.newest();
  const last = newest ? store.parts(newest.id).filter((part) => part.tree === tree) : [];
  const manifest = last.filter(({ kind }) => kind === 'manifest').map(({ number }) => store.keyOf(number));
  const query = { bootId, firstPack: store.nextObject, byteLimit: limits.bytes, entryLimit: limits.entries };
  const response = await patience.for(sandbox.saveDisk(tree, query, concatenated(bucket, manifest)));
  if (response.status === 404 && tree === 'home') {
    await response.body?.cancel();
    return { parts: [], entries: 0, bytes: 0 }; // It has none of its own.
  }
  if (!response.ok || !response.body) throw await refusalOf(response);
  const parts: DiskPart[] = [];
  let end: End | undefined;
  let size = 0;
  let stored: Promise<unknown> = Promise.resolve();
  try {
    for await (const { head, bytes } of diskFrames(unstalled(response.body, patience, signal))) {
      if (end) throw new Error('There is something behind the end of the save.');
      if (head.type === 'problem') throw problemOf(head);
      if (head.type === 'end') {
        end = head;
        continue;
      }
      if (head.type === 'pack' && head.number !== store.nextObject) throw new Error('A pack has a wrong number.');
      size += bytes.byteLength;
      if (size > limits.bytes + manifestAllowance)
        throw new ProblemError('disk_too_large', `The disk holds more than ${limits.bytes} bytes.`);
      await stored; // One is stored while the next arrives: no more than two are held.
      signal.throwIfAborted();
      const { number, key } = store.addObject(bytes.byteLength);
      stored = upload(bucket, key, bytes, patience);
      stored.catch(() => undefined);
      parts.push({ number, tree, kind: head.type });
    }
    await stored;
  } finally {
    await stored.catch(() => undefined); // What came into the bucket behind a sweep would stay there.
  }
  if (!end) throw new Error('The save broke off.');
  const known = new Map([...last, ...parts].map((part) => [part.number, part]));
  const packs = end.packs.map((number) => {
    const part = known.get(number);
    // A sandbox gets back no object but its own.
    if (part?.kind !== 'pack') throw new Error('The save names a pack that is none of its own.');
    return part;
  });
  return {
    parts: [...packs, ...parts.filter(({ kind }) => kind === 'manifest')],
    entries: end.entries,
    bytes: end.bytes,
  };
}

/** Stores an object. What comes into the bucket when nobody waits for it any more is deleted there: no sweep knows of it. */
async function upload(bucket: R2Bucket, key: string, bytes: Uint8Array, patience: Patience): Promise<void> {
  const put = bucket.put(key, bytes);
  try {
    await patience.for(put); // R2 may say nothing more, too.
    patience.renew();
  } catch (error) {
    put.then(() => bucket.delete(key)).catch(() => undefined);
    throw error;
  }
}

/** The manifest counts, too, though it is compressed; in bytes. */
const manifestAllowance = 64 * 1024 * 1024;

function problemOf({ code, detail }: Extract<DiskFrameHead, { type: 'problem' }>): Error {
  // Its own words may name files: they are for nobody's log.
  return code === 'disk_too_large' ? new ProblemError(code, detail) : new Error(`The sandbox could not save: ${code}.`);
}
