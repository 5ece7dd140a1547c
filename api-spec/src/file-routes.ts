import { createRoute, z } from '@hono/zod-openapi';
import { ArchiveContent, ArchiveResult, FileContent, FileEntry, FileList, FileOperation, FilePath } from './file.ts';
import { limit } from './page.ts';
import type { ProblemCode } from './problem-codes.ts';
import { json, jsonBody, refusals } from './route-parts.ts';

type Security = { [scheme: string]: string[] }[];

const flag = (description: string) =>
  z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .optional()
    .openapi({ type: 'boolean', description, example: true });

const text = (description: string, example: string) =>
  z.string().max(1024).optional().openapi({ description, example });
const ifMatch = text('The `ETag` that the file has to have, or `*` for any file.', '"2a-6-18d4f0c1b2a3d4e5"');

const etagHeader = {
  description: 'Changes with every write, and may change without one.',
  schema: { type: 'string' as const },
  example: '"2a-6-18d4f0c1b2a3d4e5"',
};
const readHeaders = {
  ETag: etagHeader,
  'Last-Modified': {
    description: 'When it was last written.',
    schema: { type: 'string' as const },
    example: 'Sun, 22 Nov 2026 20:34:00 GMT',
  },
  'Accept-Ranges': { description: 'Always `bytes`.', schema: { type: 'string' as const }, example: 'bytes' },
};
const contentRange = {
  description: 'Which bytes of how many.',
  schema: { type: 'string' as const },
  example: 'bytes 0-5/6',
};

const bytes = { 'application/octet-stream': { schema: FileContent } };
const archive = { 'application/x-tar': { schema: ArchiveContent }, 'application/gzip': { schema: ArchiveContent } };
const ofFiles = ['file_not_found', 'file_conflict', 'forbidden'] as const;

const inDirectory = FilePath.optional().openapi({
  description: 'The directory; the workspace itself unless told.',
  example: 'src',
});

/**
 * The routes of the files, which are the same in the sandbox and in front of it.
 *
 * @param place what differs: where they are, who may ask, which parameters the place itself has, what it may refuse.
 */
export function fileRoutes<P extends z.ZodRawShape, const C extends ProblemCode>(place: {
  prefix: string;
  security: { read: Security; write: Security };
  params: P;
  codes: C[];
}) {
  const { prefix } = place;
  const tags = ['Files'];
  const params = z.object(place.params);
  const pathParams = params.extend({ path: FilePath });
  const refuse = <const M extends ProblemCode = never>(...more: M[]) =>
    refusals<C | M | (typeof ofFiles)[number]>(...place.codes, ...ofFiles, ...more);

  return {
    listFiles: createRoute({
      operationId: 'listFiles',
      method: 'get',
      path: `${prefix}/files`,
      tags,
      security: place.security.read,
      summary: 'List a directory',
      description:
        'Lists what a directory of the workspace holds, by name; with `recursive` also what is below, each directory before what is in it. Links are listed, not followed. A page may hold less than `limit`.',
      request: {
        params,
        query: z.object({
          path: inDirectory,
          recursive: flag('Whether all below the directory is listed too.'),
          limit,
          after: FilePath.optional().openapi({
            description: 'The `nextCursor` of the page before.',
            example: 'src/hello.txt',
          }),
        }),
      },
      responses: { 200: json(FileList, 'The entries of the directory.'), ...refuse() },
    }),
    changeFiles: createRoute({
      operationId: 'changeFiles',
      method: 'post',
      path: `${prefix}/files`,
      tags,
      security: place.security.write,
      summary: 'Make a directory, or move something',
      description: 'Makes a directory, or moves a file, a link or a directory with all that it holds.',
      request: { params, body: jsonBody(FileOperation) },
      responses: {
        200: json(FileEntry, 'It is where it was asked to be.'),
        201: json(FileEntry, 'The directory was made.'),
        ...refuse('malformed_json', 'unsupported_media_type', 'payload_too_large', 'disk_full'),
      },
    }),
    statFile: createRoute({
      operationId: 'statFile',
      method: 'get',
      path: `${prefix}/stat`,
      tags,
      security: place.security.read,
      summary: 'Say what is at a path',
      description: 'Says what a file, a directory or a link is. A link at the end of the path is not followed.',
      request: { params, query: z.object({ path: inDirectory }) },
      responses: { 200: json(FileEntry, 'What is there.'), ...refuse() },
    }),
    readFile: createRoute({
      operationId: 'readFile',
      method: 'get',
      path: `${prefix}/files/{path}`,
      tags,
      security: place.security.read,
      summary: 'Read a file',
      description:
        'Answers the bytes of a file, as an attachment that no browser will run, or one range of them (RFC 9110, section 14). `HEAD` answers the headers alone.',
      request: {
        params: pathParams,
        headers: z.object({
          range: text('Which bytes: one range. Where there are more, the whole file is answered.', 'bytes=0-499'),
          'if-range': text(
            'The `ETag` of which the range is wanted; of anything else the whole file is answered.',
            '"2a-6-18d4f0c1b2a3d4e5"',
          ),
          'if-match': ifMatch,
          'if-none-match': text('The `ETag` that you have: 304 if it is still so.', '"2a-6-18d4f0c1b2a3d4e5"'),
        }),
      },
      responses: {
        200: { description: 'The bytes of the file.', headers: readHeaders, content: bytes },
        206: {
          description: 'The range of its bytes.',
          headers: { ...readHeaders, 'Content-Range': contentRange },
          content: bytes,
        },
        304: { description: 'The file is as you have it.', headers: { ETag: etagHeader } },
        ...refuse('precondition_failed', 'range_not_satisfiable'),
      },
    }),
    writeFile: createRoute({
      operationId: 'writeFile',
      method: 'put',
      path: `${prefix}/files/{path}`,
      tags,
      security: place.security.write,
      summary: 'Write a file',
      description:
        'Creates or replaces a file as a whole, and its directories. A failed write leaves the old content. `If-None-Match: *` only creates, `If-Match` only replaces what you know.',
      request: {
        params: pathParams,
        headers: z.object({
          'if-match': ifMatch,
          'if-none-match': text('`*`: only where there is nothing yet.', '*'),
        }),
        body: { required: true, content: bytes },
      },
      responses: {
        200: json(FileEntry, 'The file was replaced.'),
        201: json(FileEntry, 'The file was created.'),
        ...refuse('precondition_failed', 'payload_too_large', 'disk_full'),
      },
    }),
    deleteFile: createRoute({
      operationId: 'deleteFile',
      method: 'delete',
      path: `${prefix}/files/{path}`,
      tags,
      security: place.security.write,
      summary: 'Delete a file or directory',
      description:
        'Deletes a file, a link (never what it leads to) or an empty directory; with `recursive` also a directory with all that it holds.',
      request: {
        params: pathParams,
        query: z.object({ recursive: flag('Whether a directory goes with all that it holds.') }),
        headers: z.object({ 'if-match': ifMatch }),
      },
      responses: { 204: { description: 'It is gone.' }, ...refuse('precondition_failed') },
    }),
    readArchive: createRoute({
      operationId: 'readArchive',
      method: 'get',
      path: `${prefix}/archive`,
      tags,
      security: place.security.read,
      summary: 'Download a directory',
      description:
        'Answers a directory with all below it as an archive, with modes, times and links. Sockets, pipes, devices and names that are not UTF-8 are left out; a file with several names becomes several files. If something cannot be read, the answer breaks off.',
      request: {
        params,
        query: z.object({
          path: inDirectory,
          format: z
            .enum(['tar', 'tar.gz'])
            .optional()
            .openapi({ description: 'The form of the archive; `tar.gz` unless told.', example: 'tar' }),
        }),
      },
      responses: { 200: { description: 'The archive.', content: archive }, ...refuse() },
    }),
    writeArchive: createRoute({
      operationId: 'writeArchive',
      method: 'put',
      path: `${prefix}/archive`,
      tags,
      security: place.security.write,
      summary: 'Upload a directory',
      description:
        'Unpacks an archive into a directory, which is made if need be; `tar` or `tar.gz`, told apart by their bytes. Files that are there are replaced. Nothing is changed before all of it has arrived and was found safe: no path and no link may lead out, and there may be files, directories and links only. At most 200,000 entries and 10 GiB; a `tar.gz` of more than 64 MiB may unpack to no more than 100 times its size.',
      request: {
        params,
        query: z.object({ path: inDirectory }),
        body: { required: true, content: { ...archive, ...bytes } },
      },
      responses: {
        200: json(ArchiveResult, 'All of it is there.'),
        ...refuse('payload_too_large', 'disk_full'),
      },
    }),
  };
}
