import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';

/** A piece of a file: its digest, and where its bytes are. A number stands for as many zeros, which no pack holds. */
const Chunk = z.union([z.tuple([z.string(), z.int().min(1), z.int().min(0), z.int().min(1)]), z.int().min(1)]);
export type Chunk = z.infer<typeof Chunk>;
export type StoredChunk = Exclude<Chunk, number>;

/** Nanoseconds since 1970, which no number holds. */
const nanoseconds = z.string().regex(/^-?\d{1,20}$/);

/** A name of bytes as a text: a character each, as not every name is UTF-8. */
const path = z.string();

const Entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('directory'), path, mode: z.int(), modified: nanoseconds }),
  z.object({ type: z.literal('symlink'), path, modified: nanoseconds, target: z.string() }),
  /** Another name of a file that comes before. */
  z.object({ type: z.literal('link'), path, target: path }),
  z.object({
    type: z.literal('file'),
    path,
    mode: z.int(),
    modified: nanoseconds,
    size: z.int().min(0),
    chunks: z.array(Chunk),
    /** By what it is known as unchanged, as long as it is on the same disk; absent where it was just being written. */
    identity: z.string().optional(),
  }),
]);
export type Entry = z.infer<typeof Entry>;
export type FileEntry = Extract<Entry, { type: 'file' }>;

/** All that is in a tree: each directory before what is in it. */
export type Manifest = readonly Entry[];

/** Compressed lines of JSON, an entry each. */
export function encodeManifest(manifest: Manifest): Buffer {
  return gzipSync(manifest.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { level: 1 });
}

/** @throws where it is none. No bytes at all are an empty one. */
export function decodeManifest(bytes: Uint8Array): Manifest {
  if (bytes.byteLength === 0) return [];
  const lines = gunzipSync(bytes).toString('utf8').split('\n');
  return lines.filter(Boolean).map((line) => Entry.parse(JSON.parse(line)));
}

export const isStored = (chunk: Chunk): chunk is StoredChunk => typeof chunk !== 'number';
