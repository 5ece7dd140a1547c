import { request } from 'node:http';

export interface DockerAnswer {
  status: number;
  body: unknown;
  raw: Buffer;
}

/** Calls the engine as workerd does, one connection per call. */
export class DockerClient {
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  call(method: string, path: string, body?: unknown): Promise<DockerAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ socketPath: this.#socketPath, method, path, agent: false }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const raw = Buffer.concat(chunks);
        const isJson = response.headers['content-type'] === 'application/json';
        resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(raw.toString()) : undefined, raw });
      });
      outgoing.once('error', reject);
      outgoing.end(body === undefined || Buffer.isBuffer(body) ? (body ?? '') : JSON.stringify(body));
    });
  }

  /** Runs one command in a container of its own to its end. */
  async run(name: string, command: string[], environment: Record<string, string> = {}): Promise<Finished> {
    const Env = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
    await this.call('POST', `/containers/create?name=${name}`, { Image: 'any', Cmd: command, Env });
    const started = await this.call('POST', `/containers/${name}/start`);
    if (started.status !== 204) throw new Error(`the container did not start: ${started.raw}`);
    const waited = await this.call('POST', `/containers/${name}/wait`);
    const logs = await this.call('GET', `/containers/${name}/logs?stdout=1&stderr=1`);
    await this.call('DELETE', `/containers/${name}?force=true`);
    return { exitCode: (waited.body as { StatusCode: number }).StatusCode, output: unframe(logs.raw) };
  }

  /** Runs one command in a container that runs, to its end. */
  async exec(name: string, command: string[], environment: Record<string, string> = {}): Promise<Finished> {
    const Env = Object.entries(environment).map(([key, value]) => `${key}=${value}`);
    const request = { Cmd: command, Env, AttachStdout: true, AttachStderr: true };
    const { body } = await this.call('POST', `/containers/${name}/exec`, request);
    const { Id } = body as { Id: string };
    const { raw } = await this.call('POST', `/exec/${Id}/start`, {});
    const state = (await this.call('GET', `/exec/${Id}/json`)).body as { ExitCode: number };
    return { exitCode: state.ExitCode, output: unframe(raw) };
  }
}

export interface Finished {
  exitCode: number;
  output: string;
}

/** What was printed, without the frames around it. */
export function unframe(frames: Buffer): string {
  const chunks: Buffer[] = [];
  for (let at = 0; at + 8 <= frames.length; ) {
    const end = at + 8 + frames.readUInt32BE(at + 4);
    chunks.push(frames.subarray(at + 8, end));
    at = end;
  }
  return Buffer.concat(chunks).toString();
}
