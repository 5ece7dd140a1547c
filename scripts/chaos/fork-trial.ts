import { randomUUID } from 'node:crypto';
import type { Event, Session, Turn } from '@sandgate/api-spec';
import { printDigest } from './disk-tree.ts';
import { patiently } from './eventually.ts';
import { OwnSession } from './own-session.ts';
import type { World } from './world.ts';

/** What a fork may be. */
interface Allowed {
  /** What its disk may hold. */
  states: ReadonlySet<string>;
  /** Which of them was lost, so that the log has to tell of it, if the fork has it. */
  lost: ReadonlySet<string>;
}

/** A fork that is asked for, cut off, looked at, and asked for again with the same id or key. */
export class ForkTrial {
  readonly problems: string[] = [];
  readonly #world: World;
  readonly #session: OwnSession;
  readonly #tag = randomUUID();
  readonly #init: RequestInit;
  /** Known beforehand, where it was chosen. */
  #id: string | undefined;
  #isConfirmed = false;

  /**
   * @param isNamed whether the id is chosen, in the place of an `Idempotency-Key`.
   * @param snapshotId where to fork; now unless told.
   */
  constructor(world: World, session: OwnSession, isNamed: boolean, snapshotId: string | undefined) {
    this.#world = world;
    this.#session = session;
    this.#id = isNamed ? `fork-${this.#tag}` : undefined;
    this.#init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(!isNamed && { 'idempotency-key': this.#tag }) },
      body: JSON.stringify({ ...(isNamed && { id: this.#id }), metadata: { tag: this.#tag }, snapshotId }),
    };
  }

  /** Asks once. Answers whether it was confirmed. */
  async ask(): Promise<boolean> {
    const response = await this.#session.ask('/fork', this.#init);
    this.#isConfirmed = response?.ok ?? false;
    if (this.#isConfirmed) await this.#note(response as Response);
    return this.#isConfirmed;
  }

  /** Whether there is a fork by now. What is there has to be whole, and what was confirmed has to be there. */
  async look(): Promise<boolean> {
    if (this.#id === undefined) return false;
    const session = await this.#found();
    if (!session && this.#isConfirmed) this.problems.push('the fork was confirmed, and is not there');
    if (session) await this.#judgeLog(session);
    return session !== undefined;
  }

  /** Asks again until it is there, and holds it against what it was forked from. */
  async finish({ states, lost }: Allowed): Promise<OwnSession> {
    await this.#note(await this.#session.insist('/fork', this.#init));
    const session = (await this.#found()) as Session;
    const log = await this.#judgeLog(session);
    const tellsOfLoss = log.some((event) => event.type === 'error' && event.code === 'disk_rewound');
    const fork = new OwnSession(this.#world, session.id);
    const held = await digestOf(fork);
    if (!states.has(held)) this.problems.push('the disk of the fork is a mix');
    else if (lost.has(held) && !tellsOfLoss) this.problems.push('the log of the fork does not tell of the loss');
    await this.#judgeCount();
    return fork;
  }

  async #note(response: Response): Promise<void> {
    const { id } = (await response.json()) as Session;
    if (this.#id !== undefined && this.#id !== id) this.problems.push('the same request made two forks');
    this.#id = id;
  }

  async #found(): Promise<Session | undefined> {
    const response = await new OwnSession(this.#world, this.#id as string).answer('');
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`The fork is answered with HTTP ${response.status}.`);
    return (await response.json()) as Session;
  }

  /** Its log and its turns are those of the other session, up to where it was forked, and nothing but a loss comes behind. */
  async #judgeLog({ id, forkedFrom }: Session): Promise<Event[]> {
    const seq = forkedFrom?.seq ?? 0;
    const [log, origins] = await Promise.all([this.#logOf(id), this.#logOf(this.#session.id)]);
    if (!isSame(log.slice(0, seq), origins.slice(0, seq), id)) this.problems.push('the log of the fork is another');
    const behind = log.slice(seq).filter((event) => event.type !== 'error' || event.code !== 'disk_rewound');
    if (behind.length > 0) this.problems.push(`behind the log of the fork comes ${JSON.stringify(behind)}`);
    const [turns, originsTurns] = await Promise.all([this.#turnsOf(id), this.#turnsOf(this.#session.id)]);
    const before = originsTurns.filter(({ firstSeq = 0 }) => firstSeq <= seq);
    if (!isSame(turns, before, id)) this.problems.push('the turns of the fork are others');
    return log;
  }

  #logOf(id: string): Promise<Event[]> {
    const { sessions } = this.#world.client;
    return patiently(`log of ${id}`, () => Array.fromAsync(sessions.handle(id).listEvents()) as Promise<Event[]>);
  }

  #turnsOf(id: string): Promise<Turn[]> {
    const { sessions } = this.#world.client;
    return patiently(`turns of ${id}`, () => Array.fromAsync(sessions.handle(id).turns.list()) as Promise<Turn[]>);
  }

  async #judgeCount(): Promise<void> {
    const list = () => Array.fromAsync(this.#world.client.sessions.list({ metadata: { tag: this.#tag } }));
    const found = await patiently('the fork in the list', async () => {
      const sessions = await list();
      return sessions.length > 0 && sessions;
    });
    if (found.length > 1) this.problems.push(`the same request made ${found.length} forks`);
  }
}

/** What a session's disk holds. */
async function digestOf(session: OwnSession): Promise<string> {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const { stopReason, outputText } = await session.run(printDigest);
    const [digest] = outputText?.match(/^[0-9a-f]{64}$/m) ?? [];
    if (stopReason === 'end_turn' && digest !== undefined) return digest;
  }
  throw new Error(`No turn of ${session.id} comes to its end.`);
}

function isSame(ofFork: object[], ofOrigin: object[], forkId: string): boolean {
  return JSON.stringify(ofFork) === JSON.stringify(ofOrigin.map((item) => ({ ...item, sessionId: forkId })));
}
