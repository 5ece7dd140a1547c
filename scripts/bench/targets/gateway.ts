import { type Stack, startStack } from '../../dev/stack.ts';
import { startedWorkerd } from '../machine.ts';
import { readAll } from '../readers.ts';
import { wire } from '../wire.ts';
import { type Script, type Target, type TargetSession, warmUp } from './target.ts';

export interface GatewayTarget extends Target {
  stack: Stack;
  open(): Promise<GatewaySession>;
}

/** All of Sandgate, its state in this folder. */
export async function gateway(folder: string): Promise<GatewayTarget> {
  const [stack, pids] = await startedWorkerd(() =>
    startStack({ folder, vars: { ALLOW_SCRIPTED_AGENT: '1', REQUEST_LIMIT: '1000000' } }),
  );
  return {
    name: 'gateway',
    stack,
    pids,
    async open() {
      const session = await GatewaySession.create(stack);
      await readAll([{ wire: session.chat(warmUp) }]);
      return session;
    },
    openCold: async () => ({ session: await GatewaySession.create(stack) }),
    close: () => stack.close(),
  };
}

class GatewaySession implements TargetSession {
  readonly #stack: Stack;
  readonly #port: number;
  readonly #path: string;
  readonly #headers: Record<string, string>;

  private constructor(stack: Stack, id: string) {
    this.#stack = stack;
    this.#port = Number(new URL(stack.url).port);
    this.#path = `/v1/sessions/${id}`;
    this.#headers = { authorization: `Bearer ${stack.apiKey}` };
  }

  static async create(stack: Stack): Promise<GatewaySession> {
    const response = await fetch(`${stack.url}/v1/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ agent: 'scripted', permissionMode: 'bypass' }),
    });
    if (response.status !== 201) throw new Error(`No session: ${await response.text()}`);
    return new GatewaySession(stack, ((await response.json()) as { id: string }).id);
  }

  chat(script: Script) {
    return wire(this.#port, 'POST', `${this.#path}/chat`, this.#headers, this.#body(script));
  }

  async start(script: Script): Promise<string> {
    const response = await fetch(`${this.#stack.url}${this.#path}/chat`, {
      method: 'POST',
      headers: { ...this.#headers, 'content-type': 'application/json', prefer: 'respond-async' },
      body: JSON.stringify(this.#body(script)),
    });
    if (response.status !== 202) throw new Error(`No turn: ${await response.text()}`);
    return ((await response.json()) as { id: string }).id;
  }

  follow(turnId: string) {
    return wire(this.#port, 'GET', `${this.#path}/turns/${turnId}/events?after=0`, this.#headers);
  }

  /** The request for the session's events, which never ends. */
  followAll() {
    return wire(this.#port, 'GET', `${this.#path}/events`, { ...this.#headers, accept: 'text/event-stream' });
  }

  small() {
    return { url: `${this.#stack.url}${this.#path}`, headers: this.#headers };
  }

  #body(script: Script) {
    return { messages: [{ role: 'user', content: JSON.stringify(script) }] };
  }
}
