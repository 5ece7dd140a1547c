import { type DiskFrame, DiskTree } from '@sandgate/api-spec';
import { refusalOf } from '../sandbox/refusal.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { Patience } from './patience.ts';
import type { DiskPart, DiskStore } from './store.ts';
import { bytesOf } from './stream.ts';

interface Work {
  bucket: R2Bucket;
  store: DiskStore;
  sandbox: SessionSandbox;
  bootId: string;
  signal: AbortSignal;
}

/**
 * Has the sandbox make its disk from a save, if there is one. It holds every piece against its digest.
 *
 * @throws where an object is missing, or the sandbox refuses.
 */
export async function restoreTrees(saveId: number | undefined, work: Work): Promise<void> {
  const parts = saveId === undefined ? [] : work.store.parts(saveId);
  for (const tree of DiskTree.options) {
    const ofTree = parts.filter((part) => part.tree === tree);
    if (ofTree.length === 0) continue;
    const patience = new Patience();
    try {
      const body = bytesOf(framesOf(ofTree, work, patience));
      const response = await patience.for(work.sandbox.restoreDisk(tree, work.bootId, body));
      if (!response.ok) throw await refusalOf(response);
      await response.body?.cancel();
    } finally {
      patience.end();
    }
    work.signal.throwIfAborted();
  }
}

/** The manifest first: it says where the bytes of the packs go. */
async function* framesOf(
  parts: DiskPart[],
  { bucket, store, signal }: Work,
  patience: Patience,
): AsyncGenerator<DiskFrame> {
  const isManifest = ({ kind }: DiskPart) => kind === 'manifest';
  for (const part of [...parts.filter(isManifest), ...parts.filter((other) => !isManifest(other))]) {
    signal.throwIfAborted();
    patience.renew();
    const object = await bucket.get(store.keyOf(part.number));
    if (!object) throw new Error(`The object ${part.number} of the save is not there.`);
    const bytes = new Uint8Array(await object.arrayBuffer());
    const length = bytes.byteLength;
    yield {
      head: part.kind === 'pack' ? { type: 'pack', number: part.number, length } : { type: 'manifest', length },
      bytes,
    };
  }
}
