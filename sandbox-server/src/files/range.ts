import { ProblemError } from '@sandgate/api-spec';

export interface ByteRange {
  start: number;
  /** The last byte, not the one behind it. */
  end: number;
}

/**
 * The one range of a `Range` header (RFC 9110, section 14.1.2).
 *
 * @returns undefined where the whole is to be answered: several ranges, another unit, or nothing that is a range.
 * @throws {ProblemError} `range_not_satisfiable`.
 */
export function rangeIn(header: string, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header) ?? [];
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start <= end) return { start, end };
  throw new ProblemError('range_not_satisfiable', `The file has ${size} bytes.`, { contentRange: `bytes */${size}` });
}
