import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, patiently } from './eventually.ts';
import { OwnSession } from './own-session.ts';
import { makePlan, type Plan } from './plan.ts';
import type { Random } from './random.ts';
import { Record } from './record.ts';
import { subscribeAsEventSource } from './subscribers/event-source.ts';
import { subscribeRaw } from './subscribers/raw.ts';
import type { World } from './world.ts';

/** A session that is deleted while a turn runs in it, and another waits. */
export class Deletion {
  readonly problems: string[] = [];
  readonly plans: readonly Plan[];
  readonly records: readonly Record[];
  readonly session: OwnSession;
  readonly #world: World;

  private constructor(world: World, session: OwnSession, random: Random) {
    this.#world = world;
    this.session = session;
    this.plans = [1, 2].map((number) => makePlan('shell', `d${session.id.slice(-4)}-${number}`, random, false));
    this.records = ['raw socket', 'npm eventsource'].map((who) => new Record(who, { sessionId: session.id }));
  }

  static async open(world: World, random: Random): Promise<Deletion> {
    return new Deletion(world, await OwnSession.open(world), random);
  }

  /** Deletes it some time after its first command began, or was only posted, and looks for what is left. */
  async run(afterMs: number, hasBegun: boolean): Promise<void> {
    const { id } = this.session;
    const stop = new AbortController();
    const [raw, source] = this.records as [Record, Record];
    const { door, cutDoor } = this.#world;
    const reading = [subscribeRaw(cutDoor, raw, stop.signal), subscribeAsEventSource(cutDoor, source, stop.signal)];
    for (const { content } of this.plans) await this.session.start(content);
    const isRunning = async () => raw.events.some(({ type }) => type === 'tool.call');
    if (hasBegun) await eventually('first command', isRunning).catch(() => undefined); // Another fault may have ended it.
    await sleep(afterMs);
    await this.session.insist('', { method: 'DELETE' });
    await this.#expect('session_not_found', () => this.session.ask(''));
    const headers = { authorization: `Bearer ${door.apiKey}`, 'content-type': 'application/json' };
    const create = { method: 'POST', headers, body: JSON.stringify({ id }) };
    await this.#expect('session_deleted', () => fetch(`${door.url}/v1/sessions`, create));
    await patiently(`end of the sandbox of ${id}`, async () => this.#world.sandboxServer(id) === undefined).catch(
      (error) => void this.problems.push(String(error)),
    );
    stop.abort();
    await Promise.allSettled(reading);
  }

  /** Asks until there is an answer other than "not now". */
  async #expect(code: string, question: () => Promise<Response | undefined>): Promise<void> {
    const found = await patiently('an answer', async () => {
      const response = await question();
      return response && response.status < 500 && ((await response.json()) as { code?: string });
    });
    if (found.code !== code) this.problems.push(`${this.session.id}: ${found.code} in the place of ${code}`);
  }
}
