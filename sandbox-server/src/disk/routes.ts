import { buffer } from 'node:stream/consumers';
import type { HttpBindings } from '@hono/node-server';
import {
  type ContractEnv,
  type DiskFrame,
  type DiskTree,
  diskFramePieces,
  diskFrames,
  diskSaveQuery,
  ProblemError,
} from '@sandgate/api-spec';
import type { Hono } from 'hono';
import { decodeManifest } from './manifest.ts';
import { restoreTree } from './restore.ts';
import { problem, type SaveOptions, saveTree } from './save.ts';

/** The roots of the trees that are within reach. */
export type Roots = Partial<Record<DiskTree, string>>;

interface DiskEnv extends ContractEnv {
  Bindings: Pick<HttpBindings, 'incoming'>;
}

/** Saves and restores trees, with the rights of this process. Not from the contract's route objects: bodies are streams. */
export function diskRoutes<E extends ContractEnv>(toApp: Hono<E>, roots: Roots): void {
  const app = toApp as unknown as Hono<DiskEnv>;
  for (const [tree, root] of Object.entries(roots)) {
    app.post(`/disk/${tree}/save`, async (context) => {
      const query = diskSaveQuery.parse(context.req.query());
      const { firstPack = 1, byteLimit = Number.POSITIVE_INFINITY, entryLimit = Number.POSITIVE_INFINITY } = query;
      const last = decodeManifest(await buffer(context.env.incoming));
      return framesResponse(honest(saveTree(root, { last, firstPack, byteLimit, entryLimit } satisfies SaveOptions)));
    });

    let newest: object;
    app.put(`/disk/${tree}`, async (context) => {
      const restore = {};
      newest = restore;
      try {
        const frames = diskFrames(context.env.incoming);
        await restoreTree(
          root,
          wanted(frames, () => restore === newest),
        );
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const isFull = code === 'ENOSPC' || code === 'EDQUOT';
        throw new ProblemError(isFull ? 'disk_full' : 'sandbox_error', `The disk was not restored: ${error}`);
      }
      return context.body(null, 204);
    });
  }
}

/** One that is sent again takes the place of one that still arrives, which then does nothing more. */
async function* wanted(frames: AsyncIterable<DiskFrame>, isWanted: () => boolean): AsyncGenerator<DiskFrame> {
  const check = () => {
    if (!isWanted()) throw new Error('Another restore has taken its place.');
  };
  for await (const frame of frames) {
    check();
    yield frame;
  }
  check();
}

/** Says at its end why it came to one: behind the first bytes no status can. */
function* honest(frames: Generator<DiskFrame>): Generator<DiskFrame> {
  try {
    yield* frames;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG')
      return yield problem('disk_too_large', 'A path on the disk is longer than can be opened: 4095 bytes.');
    yield problem('sandbox_error', `The disk could not be read: ${error}`.slice(0, 1000));
  }
}

/** A frame is made when it is asked for. */
function framesResponse(frames: Generator<DiskFrame>): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { value, done } = frames.next();
        if (done) return controller.close();
        for (const piece of diskFramePieces(value)) controller.enqueue(piece);
      },
      cancel: () => void frames.return(undefined),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'content-type': 'application/octet-stream' } });
}
