import { statfs } from 'node:fs/promises';
import { ProblemError } from '@sandgate/api-spec';
import { invalidPath } from './path.ts';

/** What a failed call of `node:fs` means to a caller. */
export async function fileProblem(error: unknown, path: string, root: string): Promise<unknown> {
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
    case 'EXDEV':
    case 'EBUSY':
      return new ProblemError('file_conflict', `"${path}" is a disk of its own, or on another one.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ProblemError('forbidden', `The permissions of the files do not allow this at "${path}".`);
    case 'ENOSPC':
    case 'EDQUOT':
      return new ProblemError(
        'disk_full',
        `There is no room for "${path}": the disk of the sandbox ${await limitOf(root)}. What was there is unharmed.`,
      );
    case 'EFBIG':
      return new ProblemError('payload_too_large', `A file as large as "${path}" is not taken by the sandbox.`);
    case 'ENAMETOOLONG':
      return invalidPath('Too long for the file system');
    case 'EINVAL':
      return invalidPath('Not possible here: a directory cannot be moved into itself');
    default:
      return error;
  }
}

/** Which limit was met: that of bytes, or that of files. */
async function limitOf(root: string): Promise<string> {
  const { bsize, blocks, files, ffree } = await statfs(root);
  const isOutOfFiles = files > 0 && ffree === 0;
  return isOutOfFiles ? `takes ${files} files and directories` : `takes ${Math.floor((blocks * bsize) / 2 ** 20)} MiB`;
}
