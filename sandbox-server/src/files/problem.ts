import { ProblemError } from '@sandgate/api-spec';
import { invalidPath } from './path.ts';

/** What a failed call of `node:fs` means to a caller. */
export function fileProblem(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ELOOP':
      return new ProblemError('file_not_found', `There is no "${path}" in the workspace.`);
    case 'EISDIR':
      return new ProblemError('file_conflict', `"${path}" is a directory.`);
    case 'ENOTDIR':
      return new ProblemError('file_conflict', `A part of "${path}" is not a directory.`);
    case 'EEXIST':
    case 'ENOTEMPTY':
      return new ProblemError(
        'file_conflict',
        `Something else is at "${path}", or it is a directory that is not empty.`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ProblemError('forbidden', `The permissions of the files do not allow this at "${path}".`);
    case 'ENOSPC':
    case 'EDQUOT':
      return new ProblemError('disk_full', `There is no room for "${path}".`);
    case 'ENAMETOOLONG':
      return invalidPath('Too long for the file system');
    default:
      return error;
  }
}
