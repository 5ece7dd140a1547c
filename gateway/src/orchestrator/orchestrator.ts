import { DurableObject } from 'cloudflare:workers';
import {
  type ChatRequest,
  type CreateSession,
  type DurableEvent,
  type HistoryMessage,
  type InterruptResult,
  type Request as PersonRequest,
  ProblemError,
  type ResumeRequest,
  type ResumeResult,
  type Session,
  type SessionStatus,
  type StopReason,
  type Turn,
  type UpdateSession,
} from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import { type SandboxSettings, SessionSandbox } from '../sandbox/session-sandbox.ts';
import { sameAnswer } from './answer.ts';
import { EventLog } from './event-log.ts';
import { Feed } from './feed.ts';
import { Journal } from './journal.ts';
import { Partials } from './partials.ts';
import { RequestStore } from './request-store.ts';
import { schema } from './schema.ts';
import { indexSession } from './session-index.ts';
import { type SessionRecord, SessionStore } from './session-store.ts';
import { settle } from './settled.ts';
import { type Selection, subscribe } from './subscription.ts';
import { TurnRun } from './turn-run.ts';
import { type TurnRecord, TurnStore } from './turn-store.ts';

/** How many turns may wait behind the active one. */
const queueLimit = 16;

/** How often a running turn is checked on, in milliseconds: it goes on also where the object was evicted. */
const watchdogMs = 10_000;

/** How soon a write to the account's index that failed is tried again, in milliseconds. */
const indexRetryMs = 5000;

interface Admission {
  turn: Turn;
  /** The number behind which the turn's events begin. */
  after: number;
}

/** What a session consists of, once it is created. */
interface Parts {
  session: SessionStore;
  turns: TurnStore;
  requests: RequestStore;
  log: EventLog;
  journal: Journal;
}

/**
 * One session: it admits turns, owns the event log, drives the sandbox detached from any caller, and shows what happens
 * to any number of readers. All that must last is in its SQLite; all else is rebuilt.
 */
export class Orchestrator extends DurableObject<Env> {
  readonly #feed = new Feed();
  readonly #partials = new Partials();
  #parts: Parts | undefined;
  #run: TurnRun | undefined;
  #working: Promise<void> | undefined;
  #indexing: Promise<void> | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { sql } = ctx.storage;
    const created = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'session'").toArray().length > 0;
    if (!created) return;
    this.#open();
    this.#work(); // A turn that ran when the object was evicted goes on.
  }

  // ---- the session ----

  /** Creates the session, or answers it where it is there already. */
  create(owner: { name: string; accountId: string; id: string }, bodyDigest: string, body: CreateSession) {
    return settle(async (): Promise<{ session: Session; created: boolean }> => {
      const known = this.#parts?.session.get();
      if (known?.deleted)
        throw new ProblemError('session_deleted', `The session "${known.id}" was deleted; its id stays taken.`);
      if (known && known.bodyDigest !== bodyDigest)
        throw new ProblemError('session_conflict', `The session "${known.id}" was created with another body.`);
      if (!known) {
        this.ctx.storage.sql.exec(schema);
        new SessionStore(this.ctx.storage.sql).create(owner, bodyDigest, body, new Date().toISOString());
        this.#open();
      }
      await this.#index();
      return { session: this.#session(), created: !known };
    });
  }

  get() {
    return settle(() => this.#session());
  }

  update(change: UpdateSession) {
    return settle(async (): Promise<Session> => {
      this.#live().session.update(change);
      await this.#index();
      return this.#session();
    });
  }

  /** Ends the running turn and the streams, destroys the sandbox, and forgets all but that the id is taken. */
  delete() {
    return settle(async (): Promise<void> => {
      if (this.#parts?.session.get()?.deleted) return; // The answer to the first was lost.
      const { session, turns, journal } = this.#live();
      for (const turn of turns.open()) if (turn.status === 'queued') this.#cancelQueued(turn);
      await this.#run?.stop('interrupted');
      journal.record(undefined, [{ type: 'status', status: { state: 'idle', detail: 'The session was deleted.' } }]);
      const sandbox = this.#sandbox();
      session.bury(new Date().toISOString());
      this.#feed.close();
      await sandbox.destroy();
      for (const table of ['turns', 'requests', 'segments']) this.ctx.storage.sql.exec(`DELETE FROM ${table}`);
      await this.#index();
    });
  }

  // ---- turns ----

  /** Admits a turn. A turn id that is known is answered, never admitted twice. */
  chat(turnId: string, bodyDigest: string, body: ChatRequest) {
    return settle(async (): Promise<Admission> => {
      const { turns, log, journal } = this.#live();
      const known = turns.get(turnId);
      if (known && known.bodyDigest !== bodyDigest)
        throw new ProblemError('idempotency_key_reused', 'This idempotency key named a turn with another body.');
      if (known) return { turn: this.#turn(known), after: (known.firstSeq ?? 1) - 1 };

      const open = turns.open();
      if (open.length > 0 && body.onBusy === 'reject')
        throw new ProblemError('session_busy', `The turn ${open[0]?.id} is not complete.`, { retryAfterSeconds: 1 });
      if (open.length > queueLimit)
        throw new ProblemError('queue_full', `${queueLimit} turns wait already.`, { retryAfterSeconds: 5 });
      const after = log.head;
      turns.admit(turnId, bodyDigest, body, new Date().toISOString());
      journal.record(turnId, [
        ...body.messages.map((message, index) => ({
          type: 'message' as const,
          message: {
            id: `msg_${turnId}_${index}`,
            role: 'user' as const,
            content:
              typeof message.content === 'string'
                ? [{ type: 'text' as const, text: message.content }]
                : message.content,
          },
        })),
        ...(open.length > 0 ? [{ type: 'status' as const, status: { state: 'queued' as const } }] : []),
      ]);
      if (body.onBusy === 'interrupt') {
        for (const turn of open) if (turn.status === 'queued') this.#cancelQueued(turn);
        this.ctx.waitUntil(this.#run?.stop('interrupted') ?? Promise.resolve());
      }
      this.#work();
      return { turn: this.#turn(turns.get(turnId) as TurnRecord), after };
    });
  }

  listTurns(after: number, limit: number) {
    return settle((): { turns: Turn[]; nextCursor: string | null; hasMore: boolean } => {
      const found = this.#live().turns.list(after, limit + 1);
      const page = found.slice(0, limit);
      const hasMore = found.length > limit;
      const turns = page.map((turn) => this.#turn(turn));
      return { turns, hasMore, nextCursor: hasMore ? String(page.at(-1)?.ordinal) : null };
    });
  }

  /** The turn, once it is complete or waits for a person, or when the time is over. */
  getTurn(turnId: string, waitSeconds = 0) {
    return settle(async (): Promise<Turn> => {
      const deadline = Date.now() + waitSeconds * 1000;
      for (;;) {
        const turn = this.#turn(this.#knownTurn(turnId));
        const left = deadline - Date.now();
        if (turn.status === 'complete' || turn.status === 'waiting' || left <= 0) return turn;
        await Promise.race([this.#feed.changed(), scheduler.wait(left)]);
      }
    });
  }

  /** Stops the active turn or the one that is named; a queued one is cancelled. */
  interrupt(turnId?: string) {
    return settle(async (): Promise<InterruptResult> => {
      const turn = turnId === undefined ? this.#live().turns.active() : this.#knownTurn(turnId);
      if (!turn || turn.status === 'complete') return { interrupted: false, ...(turn && { turnId: turn.id }) };
      await this.#stop(turn, 'interrupted');
      return { interrupted: true, turnId: turn.id };
    });
  }

  // ---- requests to a person ----

  resume(answer: ResumeRequest) {
    return settle(async (): Promise<ResumeResult> => {
      const { requests, journal } = this.#live();
      const request = requests.get(answer.requestId);
      if (!request) throw new ProblemError('request_not_found', `Nobody asked "${answer.requestId}" in this session.`);
      if (request.by !== undefined) {
        if (request.by === 'user' && request.decision && sameAnswer(request.decision, answer))
          return { request: request.resource, turnId: request.turnId };
        const { decision, by } = request.resource;
        throw new ProblemError('request_already_resolved', `The request was resolved: ${decision}, by ${by}.`);
      }
      journal.answer(request, answer, 'user');
      this.ctx.waitUntil(this.#deliverAnswers());
      return { request: (requests.get(answer.requestId) ?? request).resource, turnId: request.turnId };
    });
  }

  listRequests(status: 'open' | 'resolved' | 'all') {
    return settle((): PersonRequest[] =>
      this.#live()
        .requests.list(status)
        .map(({ resource }) => resource),
    );
  }

  // ---- the log ----

  listEvents(after: number, limit: number, types?: string[]) {
    return settle((): { events: DurableEvent[]; hasMore: boolean } => {
      this.#checkCursor(after);
      return this.#live().log.page(after, limit, types && new Set(types));
    });
  }

  listMessages(after: number, limit: number) {
    return settle((): { messages: HistoryMessage[]; hasMore: boolean } => {
      const { events, hasMore } = this.#live().log.page(after, limit, new Set(['message']));
      const messages = events.flatMap((event) =>
        event.type === 'message'
          ? [{ ...event.message, turnId: event.turnId ?? '', seq: event.seq, at: event.at }]
          : [],
      );
      return { messages, hasMore };
    });
  }

  /**
   * The stream of the session or of a turn. A request and not a call, as only the body of an answer is held back until
   * what it shows is committed.
   */
  override async fetch(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const types = query.get('types')?.split(',');
    const turnId = query.get('turn') ?? undefined;
    const result = await settle(() =>
      this.#stream({
        after: Number(query.get('after')),
        ...(turnId && { turnId }),
        ...(types && { types: new Set(types) }),
      }),
    );
    if ('value' in result) return result.value;
    const { code, detail } = result.refusal;
    return new ProblemError(code, detail).toResponse(request.headers.get('x-request-id') ?? '');
  }

  // ---- the sandbox ----

  /** What the gateway needs to reach the sandbox of this session with a request for its files. */
  sandboxSettings() {
    return settle((): SandboxSettings => {
      this.#wake();
      return this.#settings(this.#live().session.get() as SessionRecord);
    });
  }

  /** Told by the sandbox when its container is gone. */
  async sandboxStopped(): Promise<void> {
    const session = this.#parts?.session.get();
    if (!this.#parts || !session || session.deleted || session.asleep || this.#parts.turns.active()) return;
    this.#parts.session.setAsleep(true);
    this.#parts.journal.record(undefined, [{ type: 'status', status: { state: 'sleeping' } }]);
    await this.#index();
  }

  override async alarm(): Promise<void> {
    const session = this.#parts?.session.get();
    if (!this.#parts || !session) return;
    if (session.deleted) return this.#index();
    const { requests, journal, turns } = this.#parts;
    const now = Date.now();
    for (const request of requests.expired(now))
      journal.answer(
        request,
        { requestId: request.id, decision: 'deny', message: 'Nobody answered in time.' },
        'timeout',
      );
    await this.#deliverAnswers();
    const active = turns.active();
    if (active?.deadlineAt !== undefined && active.deadlineAt <= now) await this.#stop(active, 'deadline');
    this.#work();
    await this.#index();
  }

  // ---- inside ----

  #open(): void {
    const { storage } = this.ctx;
    const session = new SessionStore(storage.sql);
    const { id } = session.get() as SessionRecord;
    const turns = new TurnStore(storage.sql);
    const requests = new RequestStore(storage.sql);
    const log = new EventLog(storage.sql);
    const journal = new Journal(storage, id, { log, feed: this.#feed, turns, requests }, () =>
      this.ctx.waitUntil(this.#index()),
    );
    this.#parts = { session, turns, requests, log, journal };
  }

  /** @throws ProblemError where there is no session, or none any more. */
  #live(): Parts {
    const record = this.#parts?.session.get();
    if (!this.#parts || !record || record.deleted)
      throw new ProblemError('session_not_found', 'No session of this id belongs to your key.');
    return this.#parts;
  }

  /** Runs what is open, one turn after the other. */
  #work(): void {
    this.#working ??= this.#runOpenTurns().finally(() => {
      this.#working = undefined;
    });
    this.ctx.waitUntil(this.#working);
  }

  async #runOpenTurns(): Promise<void> {
    for (let turn = this.#next(); turn; turn = this.#next()) {
      const parts = this.#live();
      const session = parts.session.get() as SessionRecord;
      const settings = this.#settings(session);
      const sandbox = new SessionSandbox(this.env, settings);
      this.#wake();
      this.#run = new TurnRun(turn, { ...parts, session, settings, sandbox, partials: this.#partials });
      const running = this.#run.run();
      await this.#index();
      await running;
      this.#run = undefined;
      if (!this.#next()) this.#parts?.journal.record(undefined, [{ type: 'status', status: { state: 'idle' } }]);
    }
  }

  #next(): TurnRecord | undefined {
    return this.#parts?.session.get()?.deleted ? undefined : this.#parts?.turns.open()[0];
  }

  async #stop(turn: TurnRecord, reason: StopReason): Promise<void> {
    if (this.#run?.turnId === turn.id) await this.#run.stop(reason);
    else this.#cancelQueued(turn);
  }

  #cancelQueued(turn: TurnRecord): void {
    this.#live().journal.record(turn.id, [{ type: 'complete', stopReason: 'interrupted' }]);
  }

  async #deliverAnswers(): Promise<void> {
    try {
      await this.#run?.deliverAnswers();
    } catch (error) {
      // The answer is stored: it is handed over again with the next connection, or by the watchdog.
      console.error(JSON.stringify({ message: 'answer not delivered', error: String(error) }));
    }
    await this.#index();
  }

  #stream(selection: Selection): Response {
    const { log, journal } = this.#live();
    this.#checkCursor(selection.after);
    if (selection.turnId !== undefined) {
      const turn = this.#knownTurn(selection.turnId);
      if (turn.status === 'complete' && selection.after >= (turn.lastSeq ?? 0))
        return new Response(null, { status: 204 });
    }
    const { readable, writable } = new IdentityTransformStream();
    const snapshots = () => (this.#run ? journal.transientEntries(this.#run.turnId, this.#partials.snapshots()) : []);
    const done = subscribe(writable, selection, { log, feed: this.#feed, snapshots });
    this.ctx.waitUntil(done.catch(() => undefined)); // The reader hung up, which is its right.
    return new Response(readable, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  }

  /** @throws ProblemError where the log does not reach so far. */
  #checkCursor(after: number): void {
    const { head } = this.#live().log;
    if (after > head)
      throw new ProblemError('cursor_beyond_head', `The log ends at ${head}, before the cursor ${after}.`);
  }

  #knownTurn(turnId: string): TurnRecord {
    const turn = this.#live().turns.get(turnId);
    if (!turn) throw new ProblemError('turn_not_found', `This session has no turn "${turnId}".`);
    return turn;
  }

  #turn(record: TurnRecord): Turn {
    const { ordinal, bodyDigest, messages, wantedStop, deadlineAt, bootId, storedCursor, resumeCursor, ...turn } =
      record;
    const { requests, session } = this.#live();
    const openRequests = requests.openOf(record.id).map(({ resource }) => resource);
    return { ...turn, sessionId: session.get()?.id ?? '', openRequests };
  }

  #session(): Session {
    const { session, turns, requests, log } = this.#live();
    const record = session.get() as SessionRecord;
    const { id, agent, agentOptions, permissionMode, metadata, idleTimeoutSeconds, createdAt } = record;
    const activeTurnId = turns.active()?.id;
    return {
      id,
      status: this.#status(record) as SessionStatus,
      agent,
      agentOptions,
      permissionMode,
      metadata,
      idleTimeoutSeconds,
      createdAt,
      ...(activeTurnId !== undefined && { activeTurnId }),
      queuedTurnIds: turns.open().flatMap((turn) => (turn.status === 'queued' ? [turn.id] : [])),
      openRequests: requests.list('open').map(({ resource }) => resource),
      lastSeq: log.head,
    };
  }

  #status(session: SessionRecord): SessionStatus | 'deleted' {
    if (session.deleted) return 'deleted';
    const open = this.#parts?.turns.open()[0];
    if (open) return open.status === 'waiting' ? 'waiting' : 'running';
    return session.asleep ? 'sleeping' : 'idle';
  }

  #settings({ name, id, idleTimeoutSeconds, env }: SessionRecord): SandboxSettings {
    return { name, sessionId: id, idleTimeoutSeconds, env };
  }

  #sandbox(): SessionSandbox {
    return new SessionSandbox(this.env, this.#settings(this.#parts?.session.get() as SessionRecord));
  }

  #wake(): void {
    if (this.#parts?.session.get()?.asleep) this.#parts.session.setAsleep(false);
  }

  /** Brings the account's index up to date, one write at a time; where that fails, the alarm tries again. */
  async #index(): Promise<void> {
    this.#indexing ??= this.#indexUntilRight();
    await this.#indexing;
    await this.#schedule();
  }

  async #indexUntilRight(): Promise<void> {
    try {
      for (;;) {
        const session = this.#parts?.session.get();
        if (!this.#parts || !session) return;
        const wanted = this.#status(session);
        if (session.indexedStatus === wanted) return;
        await indexSession(this.env.DB, session, wanted);
        this.#parts.session.setIndexed(wanted);
      }
    } catch (error) {
      console.error(JSON.stringify({ message: 'session not indexed', error: String(error) }));
    } finally {
      this.#indexing = undefined;
    }
  }

  /** Sets the alarm to what is due next; an idle session has none. */
  async #schedule(): Promise<void> {
    const session = this.#parts?.session.get();
    if (!this.#parts || !session) return;
    const { requests, turns } = this.#parts;
    const active = turns.active();
    const due = [
      session.indexedStatus === this.#status(session) ? undefined : Date.now() + indexRetryMs,
      requests.nextExpiry(),
      active?.deadlineAt,
      turns.open().some(({ status }) => status !== 'waiting') ? Date.now() + watchdogMs : undefined,
    ].filter((at) => at !== undefined);
    if (due.length > 0) await this.ctx.storage.setAlarm(Math.min(...due));
    else await this.ctx.storage.deleteAlarm();
  }
}

/** The calls of the Orchestrator, as the gateway sees them. */
export type OrchestratorCalls = Pick<
  Orchestrator,
  | 'create'
  | 'get'
  | 'update'
  | 'delete'
  | 'chat'
  | 'listTurns'
  | 'getTurn'
  | 'interrupt'
  | 'resume'
  | 'listRequests'
  | 'listEvents'
  | 'listMessages'
  | 'sandboxSettings'
  | 'fetch'
>;
