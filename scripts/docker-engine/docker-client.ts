import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What the engine refused, in its own words. */
export class DockerError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * The few calls that are ours; all others are workerd's.
 *
 * @see https://docs.docker.com/reference/api/engine/
 */
export class DockerClient {
  readonly #socket: string;

  constructor(socket: string) {
    this.#socket = socket;
  }

  /**
   * @param signal ends the call, and with it what the engine does for it.
   * @throws DockerError where the engine refuses.
   */
  async send(method: string, path: string, body?: Buffer, signal?: AbortSignal): Promise<IncomingMessage> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { host: 'docker', ...(body && { 'content-type': 'application/x-tar' }) };
      const options = { socketPath: this.#socket, method, path, headers, agent: false, ...(signal && { signal }) };
      const outgoing = request(options, resolve);
      outgoing.once('error', reject);
      outgoing.end(body);
    });
    const status = response.statusCode ?? 0;
    if (status < 400) return response;
    throw new DockerError(status, wordsOf(await text(response)));
  }

  async get<T>(path: string): Promise<T> {
    return JSON.parse(await text(await this.send('GET', path)));
  }
}

function wordsOf(body: string): string {
  try {
    const { message } = JSON.parse(body);
    return typeof message === 'string' ? message : body;
  } catch {
    return body.trim();
  }
}
