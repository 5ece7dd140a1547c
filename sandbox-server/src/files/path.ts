import { posix } from 'node:path';
import { FilePath, ProblemError } from '@sandgate/api-spec';

/** A refusal that names the path. */
export function invalidPath(message: string): ProblemError {
  return new ProblemError('invalid_request', `path: ${message}`, { errors: [{ path: 'path', message }] });
}

/**
 * The path of a `/files/{path}` URL, relative to the workspace. Decoded here, once, from the URL as it came: a router
 * that decodes on its way would take `%252F` for a slash, or give up on a single bad escape.
 *
 * @throws {ProblemError} `invalid_request`.
 */
export function pathInUrl(url: string): string {
  const raw = new URL(url).pathname.slice('/files/'.length);
  try {
    return relativePath(decodeURIComponent(raw));
  } catch (error) {
    if (error instanceof URIError) throw invalidPath('Holds a percent escape that is not UTF-8');
    throw error;
  }
}

/**
 * A path that stays in the workspace as it is written; links are looked at where it is opened.
 *
 * @returns without empty or `.` segments; `''` is the workspace itself.
 * @throws {ProblemError} `invalid_request`.
 */
export function relativePath(path: string): string {
  const parsed = FilePath.safeParse(path);
  if (!parsed.success) throw invalidPath(parsed.error.issues.map((issue) => issue.message).join('; '));
  if (path.startsWith('/')) throw invalidPath('Must be relative to the workspace');
  if (path.split('/').includes('..')) throw invalidPath('Holds ".."');
  const normal = posix.normalize(path).replace(/\/$/, '');
  return normal === '.' ? '' : normal;
}
