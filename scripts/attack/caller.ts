import { setTimeout as sleep } from 'node:timers/promises';

/** How a turn ended, as far as an attack wants to know. */
export interface Ran {
  output: string;
  stopReason: string;
}

/** A caller of the public door who lets the agent do all that it wants. */
export class Caller {
  readonly #url: string;
  readonly #apiKey: string;

  constructor(url: string, apiKey: string) {
    this.#url = url;
    this.#apiKey = apiKey;
  }

  async open(env: Record<string, string> = {}, commandTimeoutSeconds = 60): Promise<string> {
    const body = { permissionMode: 'bypass', env, agentOptions: { commandTimeoutSeconds } };
    return (await this.#json<{ id: string }>('POST', '/v1/sessions', body)).id;
  }

  /** Runs a script as a turn, to its end. */
  async run(sessionId: string, script: string): Promise<Ran> {
    const body = { messages: [{ role: 'user', content: script }] };
    let turn = await this.#json<Turn>('POST', `/v1/sessions/${sessionId}/chat`, body);
    while (turn.status !== 'complete') {
      await sleep(50);
      turn = await this.#json<Turn>('GET', `/v1/sessions/${sessionId}/turns/${turn.id}?wait=30`);
    }
    return { output: turn.outputText ?? '', stopReason: turn.stopReason ?? '' };
  }

  /** A file of the workspace, or the refusal, as text. */
  read(sessionId: string, path: string): Promise<string> {
    return this.request(sessionId, 'GET', `/files/${path}`);
  }

  /** What a route of the session answers, or the refusal, as text. */
  async request(
    sessionId: string,
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<string> {
    const isJson = method === 'POST';
    const response = await fetch(`${this.#url}/v1/sessions/${sessionId}${path}`, {
      method,
      headers: { ...this.#headers(), ...(!isJson && { 'content-type': 'application/octet-stream' }) },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    if (response.ok) return text;
    const { code, detail } = JSON.parse(text) as { code: string; detail: string };
    return `${response.status} ${code}: ${detail}`;
  }

  async close(sessionId: string): Promise<void> {
    await fetch(`${this.#url}/v1/sessions/${sessionId}`, { method: 'DELETE', headers: this.#headers() });
  }

  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: this.#headers(),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  #headers() {
    return {
      authorization: `Bearer ${this.#apiKey}`,
      'content-type': 'application/json',
      accept: 'application/json',
    };
  }
}

interface Turn {
  id: string;
  status: string;
  stopReason?: string;
  outputText?: string;
}
