import type { ChildProcess } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
} from 'node:http2';
import { dirname, extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { HttpBindings } from '@hono/node-server';
import { Problem, ProblemError } from '@sandgate/api-spec';
import { spawnAsTools, type ToolsUser } from '../tools/user.ts';
import { settings, socketFd, wholeTrailer } from './connection.ts';

const idleMs = 30_000;
type Caller = Pick<HttpBindings, 'incoming' | 'outgoing'>;

/** All of a caller's headers that matter to a file. */
const passedOn = ['content-type', 'content-length', 'range', 'if-range', 'if-match', 'if-none-match'] as const;

/** All of its headers that are believed. */
const passedBack = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
  'etag',
  'last-modified',
  'allow',
];

/**
 * Has the routes of the files answered by a process of the tools' user, so that links and permissions are what they are to
 * the tools. The process is started when it is needed, spoken to by HTTP/2 over a socket pair that nobody else can
 * reach, and ended after 30 s without work. It holds no secret, and nothing that it says is more than a file's bytes.
 */
export class FilesProxy {
  readonly #user: ToolsUser;
  readonly #home: string | undefined;
  #session: ClientHttp2Session | undefined;
  #underWay = 0;
  #idle: NodeJS.Timeout | undefined;

  /** @param home of the tools, where it is a part of the disk of its own. */
  constructor(user: ToolsUser, home?: string) {
    this.#user = user;
    this.#home = home;
  }

  /** @throws {ProblemError} `sandbox_error` if the process gave no answer. */
  async fetch(caller: Caller, requestId: string): Promise<Response> {
    const { incoming, outgoing } = caller;
    const hasNoBody = incoming.method === 'GET' || incoming.method === 'HEAD';
    try {
      return await this.#attempt(caller, requestId);
    } catch (cause) {
      // It may have died just before: what only reads can be asked again, of a new one.
      if (hasNoBody && !outgoing.closed) return await this.#attempt(caller, requestId).catch(fail);
      return fail(cause);
    }
  }

  /** Ends the process once it has answered. */
  close(): void {
    clearTimeout(this.#idle);
    this.#session?.close();
    this.#session = undefined;
  }

  async #attempt({ incoming, outgoing }: Caller, requestId: string): Promise<Response> {
    const isUpload = incoming.method === 'PUT' || incoming.method === 'POST';
    const headers = passedOn.flatMap((name) => {
      const value = incoming.headers[name];
      return value === undefined ? [] : [[name, value]];
    });
    const stream = this.#running().request(
      {
        ':method': incoming.method ?? 'GET',
        ':path': incoming.url ?? '/',
        ':authority': 'files',
        ...Object.fromEntries(headers),
      },
      { endStream: !isUpload, waitForTrailers: isUpload },
    );
    this.#hold(stream);
    const answered = answerOf(stream);
    cancelWith(outgoing, stream);
    if (isUpload) upload(incoming, stream);
    const response = await toResponse(await answered, stream, requestId);
    if (isUpload) await drained(incoming, stream);
    return response;
  }

  #running(): ClientHttp2Session {
    if (this.#session && !this.#session.closed && !this.#session.destroyed) return this.#session;
    const child = startProcess(this.#user, this.#home);
    const session = connect('http://files', {
      createConnection: () => child.stdio[socketFd] as Duplex,
      settings: { ...settings, enablePush: false },
    });
    session.on('error', () => {}); // Told by each of its streams.
    this.#session = session;
    return session;
  }

  #hold(stream: ClientHttp2Stream): void {
    this.#underWay += 1;
    clearTimeout(this.#idle);
    stream.once('close', () => {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#idle = setTimeout(() => this.close(), idleMs).unref();
    });
  }
}

/** Nobody reads the answer to a caller who left; where it had begun, that is seen by its body too. */
function cancelWith(outgoing: ServerResponse, stream: ClientHttp2Stream): void {
  const cancel = () => outgoing.writableFinished || stream.close(constants.NGHTTP2_CANCEL);
  if (outgoing.closed) cancel();
  outgoing.once('close', cancel);
  stream.once('close', () => outgoing.off('close', cancel));
}

/** The program beside the server's own. Of the environment it needs nothing. */
function startProcess(user: ToolsUser, home: string | undefined): ChildProcess {
  const server = process.argv[1] as string;
  const program = join(dirname(server), `files${extname(server)}`);
  const args = [...process.execArgv, program, user.workspace, ...(home === undefined ? [] : [home])];
  const child = spawnAsTools({ ...user, env: {} }, process.execPath, args, ['ignore', 'ignore', 'inherit', 'pipe']);
  child.on('error', () => child.stdio[socketFd]?.destroy());
  return child;
}

/** What is cut off on our side must not look whole on the other; an early refusal leaves the caller's side open. */
function upload(incoming: IncomingMessage, stream: ClientHttp2Stream): void {
  stream.once('wantTrailers', () => incoming.complete && stream.sendTrailers({ [wholeTrailer]: '1' }));
  incoming.pipe(stream);
  incoming.once('close', () => incoming.complete || stream.close(constants.NGHTTP2_CANCEL));
  stream.once('close', () => incoming.unpipe(stream));
}

/** Nobody answers before all has arrived: what is between would hang up on a caller who still sends, and lose the answer. */
async function drained(incoming: IncomingMessage, stream: ClientHttp2Stream): Promise<void> {
  if (incoming.complete || incoming.destroyed) return;
  incoming.unpipe(stream);
  await finished(incoming.resume()).catch(() => undefined); // Who hung up reads no answer.
}

function answerOf(stream: ClientHttp2Stream): Promise<IncomingHttpHeaders & { ':status'?: number }> {
  return new Promise((resolve, reject) => {
    stream.once('response', resolve);
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('The files process ended without an answer.')));
  });
}

async function toResponse(
  { ':status': status = 0, ...headers }: IncomingHttpHeaders & { ':status'?: number },
  stream: ClientHttp2Stream,
  requestId: string,
): Promise<Response> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    passedBack.includes(name) && typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  const isProblem = headers['content-type'] === 'application/problem+json';
  if (isProblem && stream.readable) return withRequestId(await shortText(stream), requestId, status, kept);
  const hasBody = status !== 204 && status !== 304 && !stream.endAfterHeaders;
  if (!hasBody) stream.resume();
  return new Response(hasBody ? (Readable.toWeb(stream) as ReadableStream) : null, { status, headers: kept });
}

/** A process that the tools may have taken over shall not fill the server's memory. */
async function shortText(stream: ClientHttp2Stream): Promise<string> {
  let body = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    body += chunk;
    if (body.length > 64 * 1024) throw new Error('The files process told too long a problem.');
  }
  return body;
}

/** The problem is told under the number of the caller's request. */
function withRequestId(body: string, requestId: string, status: number, headers: [string, string][]): Response {
  const problem = { ...Problem.parse(JSON.parse(body)), requestId };
  const kept = headers.filter(([name]) => name !== 'content-length');
  return new Response(JSON.stringify(problem), { status, headers: kept });
}

function fail(cause: unknown): never {
  throw new ProblemError('sandbox_error', 'The files of the sandbox could not be reached.', { cause });
}
