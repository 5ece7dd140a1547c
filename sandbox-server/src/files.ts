/** The program of the process that reads and writes files for the server: `<workspace> [<home>]`. It needs no more of us. */
import { runFilesProcess } from './files/process.ts';

const [workspace, home] = process.argv.slice(2) as [string, string?];
runFilesProcess(workspace, home);
