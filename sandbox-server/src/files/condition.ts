import { ProblemError } from '@sandgate/api-spec';

/** Whether a list of entity tags, or `*`, names this one (RFC 9110, section 8.8.3.2). */
export function names(list: string, etag: string, { weakly = false } = {}): boolean {
  if (list.trim() === '*') return true;
  const tags = list.match(/(W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (weakly ? tag.replace(/^W\//, '') : tag) === etag);
}

/**
 * `If-Match` (RFC 9110, section 13.1.1).
 *
 * @param etag undefined where there is no file.
 * @throws {ProblemError} `precondition_failed`.
 */
export function requireMatch(ifMatch: string | undefined, etag: string | undefined): void {
  if (ifMatch === undefined || (etag !== undefined && names(ifMatch, etag))) return;
  throw new ProblemError(
    'precondition_failed',
    etag === undefined ? 'There is no file.' : 'The file has changed: read it anew.',
  );
}
