import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '@sandgate/client';
import type { Hardship } from './hardship.ts';
import { type AgentName, floodPlan, makePlan, type Plan } from './plan.ts';
import type { Random } from './random.ts';
import { Record, type Scope } from './record.ts';
import { clientOf, read, subscribeAsClient } from './subscribers/client.ts';
import { subscribeAsEventSource } from './subscribers/event-source.ts';
import { subscribeRaw, subscribeSlowly } from './subscribers/raw.ts';
import type { Subscribe } from './subscribers/subscriber.ts';
import type { World } from './world.ts';

/** A turn that was asked for. */
export interface Asked {
  plan: Plan;
  session: Session;
  round: number;
  /** How many turns this may have become: more than one only where it was posted without a key. */
  atMost: number;
  /** How many it must have become. */
  atLeast: number;
  /** Resolves once the server has taken it, however often it had to be asked. Rejects where that cannot be done. */
  taken: Promise<unknown>;
}

/** What a person said to a request, as far as the server confirmed it. */
export interface Said {
  requestId: string;
  decision: 'allow' | 'deny';
}

const subscribers: { [kind: string]: Subscribe } = {
  'our client': subscribeAsClient,
  'raw socket': subscribeRaw,
  'slow socket': subscribeSlowly,
  'npm eventsource': subscribeAsEventSource,
};

/** What some readers want. Who wants pieces of a text wants its snapshots, too. */
const selections = [
  ['complete'],
  ['status', 'complete'],
  ['message', 'message.delta', 'message.snapshot'],
  ['tool.call', 'tool.result', 'tool.delta', 'tool.snapshot'],
  ['permission.requested', 'permission.resolved'],
];

/** A session with its subscribers and its person, and what is asked of it. */
export class Session {
  readonly id: string;
  readonly agent: AgentName;
  readonly asks: boolean;
  readonly asked: Asked[] = [];
  readonly records: Record[] = [];
  readonly said: Said[] = [];
  /** The times in which a fault may have ended its turns. */
  readonly hardships: Hardship[] = [];
  /** Rounds in which somebody stopped turns: any of them may have been. */
  readonly stoppedRounds = new Set<number>();
  /** The turns that the server says were interrupted. */
  readonly interrupted: string[] = [];
  /** Rounds in which so much was said that any reader may have fallen behind. */
  readonly floodedRounds = new Set<number>();
  readonly #world: World;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[] = [];

  private constructor(world: World, id: string, agent: AgentName, asks: boolean) {
    this.#world = world;
    this.id = id;
    this.agent = agent;
    this.asks = asks;
  }

  static async open(world: World, agent: AgentName, asks: boolean, random: Random): Promise<Session> {
    const { id } = await world.client.sessions.create({ agent, permissionMode: asks ? 'ask' : 'bypass' });
    const session = new Session(world, id, agent, asks);
    for (const kind of Object.keys(subscribers)) session.subscribe(kind);
    if (asks) session.#answerAll(random);
    return session;
  }

  /** One more reader of the session's log, or of a turn's. */
  subscribe(kind: string, scope: Omit<Scope, 'sessionId'> = {}): void {
    const record = new Record(kind, { sessionId: this.id, ...scope });
    this.records.push(record);
    const reading = subscribers[kind]?.(this.#world.cutDoor, record, this.#stop.signal);
    this.#running.push(reading?.catch((error) => void record.complaints.push(String(error))) ?? Promise.resolve());
  }

  /** One more reader, who comes in the middle: with any cursor, and perhaps only for some of it. */
  async join(random: Random): Promise<void> {
    const kind = random.pick(Object.keys(subscribers));
    const types = random.chance(0.6) ? random.pick(selections) : undefined;
    const share = random.pick([0, random.next(), 1]);
    const { lastSeq } = await this.#world.client.sessions.handle(this.id).get();
    this.subscribe(kind, { after: Math.floor(lastSeq * share), types });
  }

  /** Posts a turn of random content, as a stream or to be run on its own. */
  ask(round: number, random: Random): Asked {
    const plan = makePlan(this.agent, `t${this.id.slice(-4)}-${round}-${this.asked.length}`, random, this.asks);
    const asStream = random.chance(0.6);
    return this.post(round, plan, (key) => (asStream ? this.#chat(plan, key) : this.#start(plan, key)));
  }

  /** Posts a turn that stops what is open, or does not wait for it: then it may become none. */
  replace(round: number, onBusy: 'interrupt' | 'reject', random: Random): Asked {
    if (onBusy === 'interrupt') this.stoppedRounds.add(round);
    const plan = makePlan(this.agent, `b${this.id.slice(-4)}-${round}-${this.asked.length}`, random, this.asks);
    const asked = this.post(round, plan, async (key) => {
      try {
        await this.#start(plan, key, onBusy);
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'session_busy') throw error;
        asked.atLeast = 0;
        asked.atMost = 0;
      }
    });
    return asked;
  }

  /** Stops the first turn, or any that is open. */
  async interrupt(round: number, which: 'first' | 'any', random: Random): Promise<void> {
    this.stoppedRounds.add(round);
    const handle = this.#world.client.sessions.handle(this.id);
    const turns = which === 'any' ? await Array.fromAsync(handle.turns.list()) : [];
    const open = turns.filter(({ status }) => status !== 'complete');
    const { interrupted, turnId } = await handle.interrupt(open.length > 0 ? { turnId: random.pick(open).id } : {});
    if (interrupted && turnId !== undefined) this.interrupted.push(turnId);
  }

  /** Posts a turn of random content that the Queue is to start. */
  leave(round: number, random: Random): Asked {
    const plan = makePlan(this.agent, `q${this.id.slice(-4)}-${round}-${this.asked.length}`, random, this.asks);
    return this.post(round, plan, (key) => this.#start(plan, key));
  }

  /** Posts much text at once. */
  flood(round: number, messages: number): Asked {
    this.floodedRounds.add(round);
    const plan = floodPlan(`f${this.id.slice(-4)}-${round}-${this.asked.length}`, messages);
    return this.post(round, plan, (key) => this.#start(plan, key));
  }

  post(round: number, plan: Plan, take: (key: string) => Promise<unknown>, limits = { atLeast: 1, atMost: 1 }): Asked {
    const taken = take(`key-${plan.tag}`);
    taken.catch(() => undefined); // It is looked at when the round ends.
    const asked = { plan, session: this, round, ...limits, taken };
    this.asked.push(asked);
    return asked;
  }

  /** Whether no turn is open. */
  async isIdle(): Promise<boolean> {
    const { status } = await this.#world.client.sessions.handle(this.id).get();
    return status === 'idle' || status === 'sleeping';
  }

  /** Ends the subscribers and the person. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#running);
  }

  /** Chats through our client; its stream is one more subscriber. */
  async #chat(plan: Plan, idempotencyKey: string): Promise<void> {
    const record = new Record('chat of our client', { sessionId: this.id, turnId: '' });
    const client = clientOf(this.#world.cutDoor, record);
    const { signal } = this.#stop;
    const stream = client.sessions.handle(this.id).chat(plan.content, { idempotencyKey, signal });
    const reading = read(stream, record, signal);
    this.#running.push(reading);
    while (stream.turnId === undefined) {
      if (record.ended || record.complaints.length > 0) throw new Error(record.complaints.join() || 'no turn');
      await sleep(20, undefined, { signal });
    }
    record.turnId = stream.turnId;
    this.records.push(record);
  }

  async #start(plan: Plan, idempotencyKey: string, onBusy: 'queue' | 'interrupt' | 'reject' = 'queue'): Promise<void> {
    const client = clientOf(this.#world.cutDoor, new Record('', { sessionId: this.id }));
    const { signal } = this.#stop;
    const request = { messages: [{ role: 'user' as const, content: plan.content }], onBusy };
    const { id } = await client.sessions.handle(this.id).turns.start(request, { idempotencyKey, signal });
    this.subscribe('raw socket', { turnId: id });
    this.subscribe('npm eventsource', { turnId: id });
  }

  /** A person who answers what is open: mostly yes, now and then twice at once, and not always the same. */
  #answerAll(random: Random): void {
    const { signal } = this.#stop;
    const handle = this.#world.client.sessions.handle(this.id);
    const answer = async (requestId: string, decision: 'allow' | 'deny') => {
      const { request } = await handle.resume({ requestId, decision }, { signal });
      this.said.push({ requestId, decision: request.decision ?? decision });
    };
    const run = async () => {
      while (!signal.aborted) {
        const open = await Array.fromAsync(handle.requests({ status: 'open' }, { signal })).catch(() => []);
        await Promise.allSettled(
          open.flatMap(({ requestId }) => {
            const first = random.chance(0.8) ? 'allow' : 'deny';
            const second = random.chance(0.5) ? first : 'deny';
            return [answer(requestId, first), ...(random.chance(0.3) ? [answer(requestId, second)] : [])];
          }),
        );
        await sleep(100, undefined, { signal }).catch(() => {});
      }
    };
    this.#running.push(run());
  }
}
