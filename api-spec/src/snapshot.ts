import { z } from '@hono/zod-openapi';

export const SnapshotId = z
  .string()
  .min(1)
  .max(64)
  .openapi({ description: 'The snapshot.', example: 'snap_5x3vz6f7a2b4c6d8e9f1g2h3i4' });

const name = z
  .string()
  .min(1)
  .max(255)
  .optional()
  .openapi({ description: 'A name of your own; it need not be the only one.', example: 'before the upgrade' });

export const CreateSnapshot = z
  .strictObject({ name })
  .openapi('CreateSnapshot', { description: 'What to call it.', example: { name: 'before the upgrade' } });
export type CreateSnapshot = z.infer<typeof CreateSnapshot>;

export const Snapshot = z
  .object({
    id: SnapshotId,
    name,
    createdAt: z.iso.datetime().openapi({ description: 'When it was made.', example: '2026-11-22T20:34:00.000Z' }),
    seq: z.int().min(0).openapi({ description: 'The newest event of the log by then.', example: 12 }),
    entries: z.int().min(0).openapi({ description: 'Files, directories and links.', example: 4711 }),
    bytes: z.int().min(0).openapi({
      description: 'The bytes in the files, holes left out. What snapshots have in common is stored once.',
      example: 1048576,
    }),
  })
  .openapi('Snapshot', { description: 'A disk as it was once.' });
export type Snapshot = z.infer<typeof Snapshot>;

export const SnapshotList = z
  .object({ data: z.array(Snapshot).openapi({ description: 'The snapshots, the oldest first.' }) })
  .openapi('SnapshotList', { description: 'The snapshots of a session.' });
