import { z } from '@hono/zod-openapi';
import { page } from './page.ts';

export const FilePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.includes('\0'), 'Holds a NUL')
  .openapi({
    description: 'A path in the workspace, relative to it; slashes plain or as `%2F`.',
    example: 'src/hello.txt',
  });

export const FileEntry = z
  .object({
    path: z.string().openapi({ description: 'The path in the workspace.', example: 'src/hello.txt' }),
    type: z.enum(['file', 'directory', 'symlink', 'other']).openapi({ description: 'What it is.', example: 'file' }),
    size: z.int().min(0).openapi({ description: 'The size in bytes.', example: 6 }),
    mode: z.int().openapi({ description: 'The permission bits.', example: 420 }),
    modifiedAt: z.iso
      .datetime()
      .openapi({ description: 'When it was last written.', example: '2026-11-22T20:34:00.000Z' }),
    etag: z.string().optional().openapi({
      description:
        'Of a file: what `If-Match` takes. It changes with every write, and may change without one; it says nothing of the bytes.',
      example: '"2a-6-18d4f0c1b2a3d4e5"',
    }),
  })
  .openapi('FileEntry', { description: 'A file or directory of the workspace.' });
export type FileEntry = z.infer<typeof FileEntry>;

/** The directory before what is in it, and what is in it by name. */
export const FileList = page('FileList', FileEntry);
export type FileList = z.infer<typeof FileList>;

export const MakeDirectory = z
  .strictObject({
    operation: z.literal('mkdir').openapi({ description: 'Makes a directory, and those above it.', example: 'mkdir' }),
    path: FilePath,
  })
  .openapi('MakeDirectory', { description: 'A directory to make; one that is there already stays as it is.' });

export const MoveFile = z
  .strictObject({
    operation: z.literal('move').openapi({ description: 'Renames a file, a link or a directory.', example: 'move' }),
    from: FilePath,
    to: FilePath,
    overwrite: z.boolean().optional().openapi({
      description: 'Whether a file, a link or an empty directory at `to` is replaced; a conflict unless told.',
      example: false,
    }),
  })
  .openapi('MoveFile', { description: 'Where something goes; the directories of `to` are made.' });

export const FileOperation = z.discriminatedUnion('operation', [MakeDirectory, MoveFile]).openapi('FileOperation', {
  description: 'What to do with the files.',
  example: { operation: 'mkdir', path: 'src' },
});
export type FileOperation = z.infer<typeof FileOperation>;

export const ArchiveResult = z
  .object({
    entries: z.int().min(0).openapi({ description: 'How many files, links and directories it held.', example: 12 }),
    bytes: z.int().min(0).openapi({ description: 'How many bytes its files hold.', example: 48211 }),
  })
  .openapi('ArchiveResult', { description: 'What was unpacked.' });
export type ArchiveResult = z.infer<typeof ArchiveResult>;

export const FileContent = z
  .string()
  .openapi({ format: 'binary', description: 'The bytes of the file.', example: 'hello\n' });

export const ArchiveContent = z.string().openapi({ format: 'binary', description: 'The bytes of the archive.' });
