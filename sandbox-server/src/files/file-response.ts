import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { names, requireMatch } from './condition.ts';
import { etagOf, timeOf } from './entry.ts';
import { rangeIn } from './range.ts';

/** A file as it was when it was opened. */
export interface OpenFile {
  handle: FileHandle;
  stats: BigIntStats;
}

/**
 * Answers a request for a file: all of it, a range, or that it has not changed (RFC 9110, section 13.2.2). The file is
 * closed with the answer.
 *
 * @throws {ProblemError} `precondition_failed`, `range_not_satisfiable`.
 */
export async function fileResponse({ method, headers }: Request, { handle, stats }: OpenFile): Promise<Response> {
  const isHead = method === 'HEAD';
  const etag = etagOf(stats);
  const size = Number(stats.size);
  const common = { etag, 'last-modified': httpDate(timeOf(stats)), 'accept-ranges': 'bytes' };
  const header = (name: string) => headers.get(name) ?? undefined;
  let stream: Readable | undefined;
  try {
    requireMatch(header('if-match'), etag);
    if (names(header('if-none-match') ?? '', etag, { weakly: true }))
      return new Response(null, { status: 304, headers: common });
    const ifRange = header('if-range');
    const wanted = isHead || (ifRange !== undefined && ifRange !== etag) ? undefined : header('range');
    const range = wanted === undefined ? undefined : rangeIn(wanted, size);
    const { start, end } = range ?? { start: 0, end: size - 1 };
    // No further than the size that is told: the file may grow meanwhile.
    if (!isHead && size > 0) stream = handle.createReadStream({ start, end });
    return new Response(stream ? (Readable.toWeb(stream) as ReadableStream) : null, {
      status: range ? 206 : 200,
      headers: {
        ...common,
        'content-type': 'application/octet-stream',
        'content-length': String(end - start + 1),
        ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
      },
    });
  } finally {
    if (!stream) await handle.close();
  }
}

/** RFC 9110, 8.8.2: never later than now, and none from before 1970. */
function httpDate(time: Date): string {
  return new Date(Math.min(Math.max(0, time.getTime()), Date.now())).toUTCString();
}
