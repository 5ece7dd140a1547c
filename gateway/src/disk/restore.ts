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
  const inOrder = [...parts.filter(isManifest), ...parts.filter((part) => !isManifest(part))];
  const load = async ({ kind, number }: DiskPart): Promise<DiskFrame> => {
    const object = await bucket.get(store.keyOf(number));
    if (!object) throw new Error(`The object ${number} of the save is not there.`);
    const bytes = new Uint8Array(await object.arrayBuffer());
    const length = bytes.byteLength;
    return { head: kind === 'pack' ? { type: 'pack', number, length } : { type: 'manifest', length }, bytes };
  };
  let next = inOrder[0] && load(inOrder[0]);
  for (let index = 1; next; index += 1) {
    const frame = await next;
    signal.throwIfAborted();
    patience.renew();
    const following = inOrder[index];
    next = following && load(following); // While the other is taken: no more than two are held.
    next?.catch(() => undefined);
    yield frame;
  }
}
