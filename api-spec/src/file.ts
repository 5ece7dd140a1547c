import { z } from '@hono/zod-openapi';

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
  })
  .openapi('FileEntry', { description: 'A file or directory of the workspace.' });
export type FileEntry = z.infer<typeof FileEntry>;

export const FileList = z
  .object({ data: z.array(FileEntry).openapi({ description: 'The entries, by name.' }) })
  .openapi('FileList', { description: 'What a directory holds.' });

export const FileContent = z
  .string()
  .openapi({ format: 'binary', description: 'The bytes of the file.', example: 'hello\n' });
