import { z } from '@hono/zod-openapi';
import { count } from '../page.ts';

/** What of a sandbox outlives its container: the tools' workspace and home, and the server's own records. */
export const DiskTree = z
  .enum(['workspace', 'home', 'records'])
  .openapi({ description: 'A part of the disk.', example: 'workspace' });
export type DiskTree = z.infer<typeof DiskTree>;

export const diskParams = z.object({ tree: DiskTree });

const bootId = z
  .string()
  .max(255)
  .openapi({ description: 'Refuse with 412 if the server was started anew since.', example: 'boot_9c1185a5c5e9fc54' });

export const diskBoot = z.object({ bootId });

const size = { min: 1, max: Number.MAX_SAFE_INTEGER };

export const diskSaveQuery = z.object({
  bootId,
  firstPack: count(1, size.max, { description: 'The number of the first new pack; 1 unless told.', example: 17 }),
  byteLimit: count(size.min, size.max, { description: 'The most bytes that the tree may hold.', example: 4294967296 }),
  entryLimit: count(size.min, size.max, { description: 'The most files, directories and links.', example: 200000 }),
});

/** Frames as `disk-frame.ts` has them. */
export const DiskFrames = z.string().openapi({ format: 'binary', description: 'Frames: packs and a manifest.' });
