import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Engine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { WORKSPACE } from './mounts.ts';
import { type Answer, type Call, parseEnvironment, STREAM_TYPE } from './route.ts';

interface CreateExecBody {
  Cmd?: string[];
  Env?: string[];
  User?: string;
  WorkingDir?: string;
  AttachStdin?: boolean;
  AttachStdout?: boolean;
  AttachStderr?: boolean;
  Tty?: boolean;
}

/** The names that a container knows its two users by. */
const USERS: Record<string, 'server' | 'tools'> = {
  '': 'server',
  '0': 'server',
  root: 'server',
  '1000': 'tools',
  agent: 'tools',
};
const LONGEST_START_BODY = 64 * 1024;

export function createExec({ engine, params: [name = ''], body }: Call): Answer {
  const request: CreateExecBody = JSON.parse(body.toString() || '{}');
  const { Cmd = [], User = '', WorkingDir } = request;
  if (!Array.isArray(Cmd) || Cmd.length === 0 || !Cmd.every((part) => typeof part === 'string'))
    throw new EngineError(400, 'Cmd must be a list of strings');
  if (request.Tty) throw new EngineError(501, 'the local engine gives no terminal');
  const as = USERS[User.split(':')[0] ?? ''];
  if (!as) throw new EngineError(400, `no such user: ${User}; a container has "root" and "agent"`);
  const exec = engine.createExec(name, {
    command: Cmd,
    environment: parseEnvironment(request.Env ?? []),
    as,
    workingDirectory: WorkingDir || WORKSPACE,
    attach: {
      stdin: request.AttachStdin === true,
      stdout: request.AttachStdout === true,
      stderr: request.AttachStderr === true,
    },
  });
  return { status: 201, body: { Id: exec.id } };
}

export function inspectExec({ engine, params: [id = ''] }: Call): Answer {
  const exec = engine.findExec(id);
  const { running: Running, exitCode: ExitCode, pid: Pid, containerId: ContainerID } = exec;
  return { status: 200, body: { ID: exec.id, Running, ExitCode, Pid, ContainerID } };
}

export function resizeExec(): Answer {
  throw new EngineError(501, 'the local engine gives no terminal');
}

/** Without an upgrade: detached, or with the output as the answer's body and no input. */
export async function startExec({ engine, params: [id = ''], body }: Call): Promise<Answer> {
  const exec = engine.findExec(id);
  if (exec.started) throw new EngineError(409, 'it was started already');
  const attach = await exec.start();
  const { Detach }: { Detach?: boolean } = JSON.parse(body.toString() || '{}');
  if (Detach) attach(undefined, undefined);
  else
    return {
      status: 200,
      write: (response) => attach(undefined, response.writeHead(200, { 'content-type': STREAM_TYPE })),
    };
  return { status: 200 };
}

/** `POST /exec/{id}/start` with `Upgrade: tcp`: the connection becomes the program's input and output. */
export async function upgradeExec(
  engine: Engine,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on('error', () => socket.destroy());
  try {
    const id = /^(?:\/v1\.\d+)?\/exec\/([^/]+)\/start$/.exec(request.url ?? '')?.[1];
    if (request.method !== 'POST' || id === undefined) throw new EngineError(404, 'nothing to upgrade to');
    const exec = engine.findExec(id);
    if (exec.started) throw new EngineError(409, 'it was started already');
    await skipBody(socket, head, Number(request.headers['content-length'] ?? 0));
    const attach = await exec.start();
    socket.write(
      `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${STREAM_TYPE}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`,
    );
    attach(socket, socket);
  } catch (error) {
    const status = error instanceof EngineError ? error.status : 500;
    const message = JSON.stringify({ message: (error as Error).message });
    socket.end(
      `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(message)}\r\nConnection: close\r\n\r\n${message}`,
    );
  }
}

/** Node leaves the body of a request that upgrades on the connection; what comes after it is the program's input. */
async function skipBody(socket: Duplex, head: Buffer, length: number): Promise<void> {
  if (!(length >= 0 && length <= LONGEST_START_BODY)) throw new EngineError(413, 'the request is too large');
  let read = head;
  if (read.length < length) {
    await new Promise<void>((resolve) => {
      const take = (chunk: Buffer) => {
        read = Buffer.concat([read, chunk]);
        if (read.length < length) return;
        socket.off('data', take);
        socket.pause();
        resolve();
      };
      socket.on('data', take);
      socket.once('close', resolve);
    });
  }
  if (read.length > length) socket.unshift(read.subarray(length));
}
