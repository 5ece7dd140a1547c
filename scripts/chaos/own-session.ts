import { randomUUID } from 'node:crypto';
import type { Turn } from '@sandgate/api-spec';
import { patiently } from './eventually.ts';
import type { World } from './world.ts';

/** A session that a fault has for itself, with all that it takes to come through other faults. */
export class OwnSession {
  readonly id: string;
  readonly #world: World;

  /** @param id of a session that is there, or may be. */
  constructor(world: World, id: string) {
    this.#world = world;
    this.id = id;
  }

  static async open(world: World): Promise<OwnSession> {
    const key = randomUUID();
    const body = { agent: 'shell', permissionMode: 'bypass' } as const;
    const { id } = await patiently('session', () => world.client.sessions.create(body, { idempotencyKey: key }));
    return new OwnSession(world, id);
  }

  get #handle() {
    return this.#world.client.sessions.handle(this.id);
  }

  /** Starts a script as a turn, once. Answers its id. */
  async start(script: string): Promise<string> {
    const idempotencyKey = randomUUID();
    return (await patiently('turn taken', () => this.#handle.turns.start(script, { idempotencyKey }))).id;
  }

  /** As `start`, and answers the turn when it is over, however it ended. */
  async run(script: string): Promise<Turn> {
    const id = await this.start(script);
    return patiently(`end of ${id}`, async () => {
      const turn = await this.#handle.turns.get(id, { wait: 10 });
      return turn.status === 'complete' && (turn as Turn);
    });
  }

  /** Has its disk saved once more, with nothing left to do. */
  async rest(): Promise<void> {
    await this.run('true');
    await this.insist('/sleep', { method: 'POST' });
  }

  /** Asks once. Answers nothing where the answer does not arrive. */
  async ask(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    const { url, apiKey } = this.#world.door;
    const headers = { authorization: `Bearer ${apiKey}`, ...init.headers };
    try {
      const response = await fetch(`${url}/v1/sessions/${this.id}${path}`, { ...init, headers });
      return new Response(response.status === 204 ? null : await response.arrayBuffer(), response);
    } catch {
      return undefined;
    }
  }

  /** Asks until there is an answer other than to come again. */
  async answer(path: string, init: RequestInit = {}): Promise<Response> {
    return patiently(`answer to ${init.method ?? 'GET'} ${path} of ${this.id}`, async () => {
      const response = await this.ask(path, init);
      return response?.status === 503 ? undefined : response;
    });
  }

  /** Asks until it is done. */
  async insist(path: string, init: RequestInit = {}): Promise<Response> {
    return patiently(`${init.method ?? 'GET'} ${path} of ${this.id}`, async () => {
      const response = await this.ask(path, init);
      if (response?.ok) return response;
      throw new Error(response ? await response.text() : 'no answer');
    });
  }

  /** The newest event of its log. */
  async lastSeq(): Promise<number> {
    return (await patiently('the session', () => this.#handle.get())).lastSeq;
  }

  /** The codes of what went wrong in it, behind this event. */
  async errors(after = 0): Promise<string[]> {
    const events = await patiently('the log', () => Array.fromAsync(this.#handle.listEvents({ after })));
    return events.flatMap((event) => (event.type === 'error' ? event.code : []));
  }
}
