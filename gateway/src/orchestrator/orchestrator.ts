import { DurableObject } from 'cloudflare:workers';
import {
  type AuditAction,
  type ChatRequest,
  type ContainerLogs,
  type CreateSession,
  type CreateSnapshot,
  type DurableEvent,
  type ForkSession,
  type HistoryMessage,
  type InterruptResult,
  type LogLine,
  type Request as PersonRequest,
  type ProblemCode,
  ProblemError,
  type ResumeRequest,
  type ResumeResult,
  type Session,
  type SessionStatus,
  type Snapshot,
  type StopReason,
  type Trace,
  type Turn,
  type UpdateSession,
} from '@sandgate/api-spec';
import { type Act, byItself, entryOf } from '../audit/act.ts';
import { Disk } from '../disk/disk.ts';
import { type ForkPoint, Loans } from '../disk/loans.ts';
import { rewound } from '../disk/rewound.ts';
import { DiskStore } from '../disk/store.ts';
import { EgressDesk } from '../egress/egress-desk.ts';
import { Ledger } from '../egress/ledger.ts';
import { ModelDesk } from '../egress/model-desk.ts';
import { ModelRefusal } from '../egress/model-refusal.ts';
import type { ModelRequest } from '../egress/model-request.ts';
import { Prices } from '../egress/prices.ts';
import { openRules, sealRules } from '../egress/sealed-rule.ts';
import type { TokenCount } from '../egress/token-count.ts';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { containerOutput } from '../sandbox/container-output.ts';
import { isInTheClear, openEnv, sealEnv } from '../sandbox/sealed-env.ts';
import { type SandboxSettings, SessionSandbox } from '../sandbox/session-sandbox.ts';
import { orchestratorOf } from '../session-handle.ts';
import { DeliveryStore } from '../webhooks/delivery-store.ts';
import { Alarm } from './alarm.ts';
import { checkOffered, sameAnswer } from './answer.ts';
import { AuditOutbox } from './audit-outbox.ts';
import { ContainerLog } from './container-log.ts';
import { EventLog } from './event-log.ts';
import { checkExpiry, isExpired } from './expiry.ts';
import { Feed } from './feed.ts';
import { Fork, type ForkedSession, type Grant, type Sealed } from './fork.ts';
import { Herald } from './herald.ts';
import { History, type HistoryRow, type HistoryTable } from './history.ts';
import { Journal } from './journal.ts';
import { Notices } from './notices.ts';
import { Origin } from './origin.ts';
import { Outbox } from './outbox.ts';
import { isParked } from './parked.ts';
import { RequestStore } from './request-store.ts';
import { sessionResource, turnResource } from './resources.ts';
import { Retention } from './retention.ts';
import { isCreated, migrate } from './schema.ts';
import { type IndexedStatus, SessionIndex } from './session-index.ts';
import { type SessionRecord, SessionStore } from './session-store.ts';
import { settle, settled } from './settled.ts';
import { type Selection, subscribe } from './subscription.ts';
import { TurnQueue } from './turn-queue.ts';
import { TurnReport } from './turn-report.ts';
import { type TurnRecord, TurnStore } from './turn-store.ts';

/** How many turns may wait behind the active one. */
const queueLimit = 16;

/** How often a running turn is checked on, in milliseconds: it goes on also where the object was evicted. */
const watchdogMs = 10_000;

/** How soon what failed is tried again, in milliseconds: a write to the account's index, the end of a deleted session. */
const retryMs = 5000;

/** How long a status has to last before it is written to the account's index, in milliseconds: a short turn costs no write. */
const indexDelayMs = 100;

/** How long the Queue's consumer is kept waiting for the sandbox to take a turn, in milliseconds. */
const startLimitMs = 90_000;

/** Where the generation of the session's tokens is kept. */
const tokenGenerationKey = 'tokenGeneration';

/** What a chat comes with that is answered by its stream. */
export interface Admission {
  bodyDigest: string;
  body: ChatRequest;
  trace?: Trace | undefined;
}

/** What a session consists of, once it is created. */
interface Parts {
  session: SessionStore;
  turns: TurnStore;
  requests: RequestStore;
  outbox: Outbox;
  notices: Notices;
  herald: Herald;
  log: EventLog;
  retention: Retention;
  report: TurnReport;
  journal: Journal;
  queue: TurnQueue;
  containerLog: ContainerLog;
  audit: AuditOutbox;
  index: SessionIndex;
  diskStore: DiskStore;
  loans: Loans;
  disk: Disk;
  origin: Origin;
  history: History;
  fork: Fork;
  ledger: Ledger;
  model: ModelDesk;
  egress: EgressDesk;
}

/**
 * One session: it admits turns, owns the event log, drives the sandbox detached from any caller, and shows what happens
 * to any number of readers. All that must last is in its SQLite; all else is rebuilt.
 */
export class Orchestrator extends DurableObject<Env> {
  readonly #feed = new Feed();
  #parts: Parts | undefined;
  readonly #alarm = new Alarm(this.ctx.storage);
  #isIndexDue = false;
  #scheduling: Promise<void> | undefined;
  #making: Promise<void> | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (!isCreated(ctx.storage.sql)) return;
    migrate(ctx.storage);
    this.#open();
    if (isInTheClear(this.#settings().env)) void ctx.blockConcurrencyWhile(() => this.#sealOldEnv());
    this.#work(); // A turn that ran when the object was evicted goes on.
  }

  // ---- the session ----

  /** Creates the session, or answers it where it is there already. */
  create(owner: { name: string; accountId: string; id: string }, bodyDigest: string, body: CreateSession, act: Act) {
    return settle(async (): Promise<{ session: Session; created: boolean }> => {
      const sealed = await this.#sealed(owner.name, body);
      const isKnown = this.#isKnown(bodyDigest);
      if (!isKnown) {
        checkExpiry(body.expiresAt);
        migrate(this.ctx.storage);
        new SessionStore(this.ctx.storage.sql).create(owner, bodyDigest, body, new Date().toISOString(), sealed);
        this.#open();
        this.#audit('createSession', act, body);
      }
      await this.#settleIndex();
      this.#isKnown(bodyDigest); // Its date may have passed meanwhile.
      return { session: this.#session(), created: !isKnown };
    });
  }

  /** Creates the session as a fork of another, or answers it where it is there already. */
  fork(
    owner: { name: string; accountId: string; id: string },
    bodyDigest: string,
    from: { name: string; id: string },
    body: ForkSession,
    act: Act,
  ) {
    return settle(async (): Promise<{ session: Session; created: boolean }> => {
      const { egress } = await this.#sealed(owner.name, body);
      if (!this.#isKnown(bodyDigest)) {
        checkExpiry(body.expiresAt);
        const { storage } = this.ctx;
        migrate(storage);
        storage.transactionSync(() => {
          new SessionStore(storage.sql).create(owner, bodyDigest, {}, new Date().toISOString());
          new Origin(storage.sql).begin(from.id, { ...body, egress });
          new DiskStore(storage, owner.name).setLender(from.name);
        });
        this.#open();
        this.#audit('fork', act, body);
      }
      const created = !this.#parts?.origin.isMade;
      const work = this.#make();
      this.ctx.waitUntil(work.catch(() => undefined)); // Begun, it comes to its end, whatever becomes of this call.
      await work;
      this.#isKnown(bodyDigest); // Its date may have passed meanwhile.
      return { session: this.#session(), created };
    });
  }

  /** Agrees to be forked, and lends what is stored of the disk. Asked again, it answers the same. */
  lend(fork: string, point: ForkPoint) {
    return settle(async (): Promise<Grant> => {
      const { disk, loans } = this.#live();
      const work = disk.lend(fork, point, () => this.#requireIdle());
      this.ctx.waitUntil(work.catch(() => undefined));
      const loan = await this.#unlessDeleted(work);
      const record = this.#live().session.get() as SessionRecord;
      const { agent, agentOptions, permissionMode, metadata, idleTimeoutSeconds, budget, expiresAt } = record;
      const egress = await openRules(this.env.SANDBOX_MASTER_SECRET, record.name, record.egress);
      const env = await openEnv(this.env.SANDBOX_MASTER_SECRET, record.name, record.env);
      const settings = { agent, agentOptions, permissionMode, metadata, idleTimeoutSeconds, budget, expiresAt };
      return { inheritance: { ...settings, env, egress }, loan, objects: loans.objects(fork) };
    });
  }

  /** A page of what a fork takes over of the log and of what belongs to it. */
  history(fork: string, table: HistoryTable, after: number) {
    return settle((): HistoryRow[] => {
      const { loans, history } = this.#live();
      const loan = loans.get(fork);
      if (!loan) throw new ProblemError('session_not_found', 'This session lends nothing to that fork.');
      return history.read(table, after, loan.seq);
    });
  }

  /** Told by a fork which objects it still needs, and whether it is gone. What nobody needs any more goes soon. */
  takeBack(fork: string, needed: number[], isGone: boolean) {
    return settle(async (): Promise<void> => {
      if (!this.#parts) return;
      const { disk } = this.#parts;
      disk.takeBack(fork, needed, isGone);
      this.ctx.waitUntil(disk.sweep()); // It may have to wait for a save, which the fork need not.
      await this.#schedule();
    });
  }

  get() {
    return settle(() => this.#session());
  }

  update(change: UpdateSession, act: Act) {
    return settle(async (): Promise<Session> => {
      checkExpiry(change.expiresAt);
      const { name } = this.#live().session.get() as SessionRecord;
      const { egress } = await this.#sealed(name, change);
      const { session } = this.#live();
      this.#audit('updateSession', act, change);
      session.update(change, egress);
      await this.#settleIndex();
      return this.#session();
    });
  }

  /** Ends the turns and the streams, destroys the sandbox, and forgets all but that the id is taken. */
  delete(act: Act) {
    return settle(async (): Promise<void> => {
      const { session } = this.#parts ?? this.#live();
      if (!session.get()?.deleted) this.#bury('deleteSession', act);
      await this.#alarm.set(Date.now() + retryMs); // Should it not come to its end now, it does later.
      await this.#purge().catch((cause: unknown) => {
        log('error', 'session not purged', { error: cause });
        const detail = 'The session is deleted, but not all of it is gone yet; try again.';
        throw new ProblemError('sandbox_unavailable', detail, { retryAfterSeconds: retryMs / 1000, cause });
      });
    });
  }

  /**
   * Writes the session's row of the account's index anew, whatever is there.
   *
   * @returns whether there is a session, or was; else no row is its own.
   * @throws ProblemError `restarting` where the index cannot be written.
   */
  reindex() {
    return settle(async (): Promise<boolean> => {
      if (!this.#parts || !this.#isThere) return false;
      const { session, index } = this.#parts;
      session.forgetIndexed();
      await this.#settleIndex();
      if (!index.isRight) throw new ProblemError('restarting', 'The index cannot be written just now.');
      return true;
    });
  }

  /** Which generation of the session's tokens is valid. */
  tokenGeneration() {
    return settle((): number => {
      this.#live();
      return this.ctx.storage.kv.get<number>(tokenGenerationKey) ?? 0;
    });
  }

  /** As `tokenGeneration`, for a token that is about to be made. */
  grantToken(act: Act) {
    return settle((): number => {
      this.#live();
      this.#audit('createSessionToken', act);
      this.#onStatusChange();
      return this.ctx.storage.kv.get<number>(tokenGenerationKey) ?? 0;
    });
  }

  /** Ends all tokens of the session: those that are made from now on are of another generation. */
  revokeTokens(act: Act) {
    return settle((): void => {
      this.#live();
      this.#audit('revokeSessionTokens', act);
      this.#onStatusChange();
      this.ctx.storage.kv.put(tokenGenerationKey, (this.ctx.storage.kv.get<number>(tokenGenerationKey) ?? 0) + 1);
    });
  }

  // ---- turns ----

  /**
   * Admits a turn. A turn id that is known is answered, never admitted twice.
   *
   * @param viaQueue leaves it to the Queue to start it.
   */
  chat(turnId: string, bodyDigest: string, body: ChatRequest, viaQueue = false, trace?: Trace) {
    return settle(async (): Promise<Turn> => {
      const { turns, outbox, journal, queue, retention } = this.#live();
      const known = turns.get(turnId);
      if (known && known.bodyDigest !== bodyDigest)
        throw new ProblemError('idempotency_key_reused', 'This idempotency key named a turn with another body.');
      if (known) return this.#turn(known);

      const open = turns.open();
      if (open.length > 0 && body.onBusy === 'reject')
        throw new ProblemError('session_busy', `The turn ${open[0]?.id} is not complete.`);
      if (open.length > queueLimit && body.onBusy !== 'interrupt')
        throw new ProblemError('queue_full', `${queueLimit} turns wait already.`, { retryAfterSeconds: 5 });
      if (retention.isFull && body.onBusy !== 'interrupt')
        throw new ProblemError('queue_full', 'The turns that are open fill the log.', { retryAfterSeconds: 5 });
      turns.admit(turnId, bodyDigest, body, new Date().toISOString(), trace);
      if (viaQueue) outbox.add(turnId, Date.now());
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
        ...(viaQueue || open.length > 0 ? [{ type: 'status' as const, status: { state: 'queued' as const } }] : []),
      ]);
      if (body.onBusy === 'interrupt')
        for (const turn of open.toReversed()) this.ctx.waitUntil(queue.stop(turn, 'interrupted'));
      this.#work();
      await this.#schedule(); // Admitted, it is run, whatever becomes of this call.
      return this.#turn(turns.get(turnId) as TurnRecord);
    });
  }

  /**
   * Starts a turn that the Queue brings, and answers once the sandbox has taken it, or it is over: the message is done
   * with then. Brought again, it follows what goes on and starts nothing.
   *
   * @returns when to bring it again, where the sandbox did not start.
   */
  start(turnId: string) {
    return settle(() => {
      const { queue } = this.#live();
      this.#knownTurn(turnId);
      this.ctx.waitUntil(queue.begin(turnId));
      let isStarting = false;
      // Once it is being started, and for longer than the Queue shall wait, the outbox sees to it by itself.
      return this.#feed.watch(startLimitMs, (isLate): { retryInSeconds?: number } | undefined => {
        const entry = this.#live().outbox.get(turnId);
        if (!entry || isLate) return {};
        if (entry.sendAt !== undefined)
          return isStarting ? { retryInSeconds: Math.max(0, Math.ceil((entry.startAt - Date.now()) / 1000)) } : {};
        isStarting = true;
        return undefined;
      });
    });
  }

  /** Ends a turn that the Queue could not bring. */
  giveUp(turnId: string) {
    return settle((): void => {
      const { queue } = this.#live();
      this.#knownTurn(turnId);
      this.ctx.waitUntil(queue.giveUp(turnId));
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
    return settle(() =>
      this.#feed.watch(waitSeconds * 1000, (isLate): Turn | undefined => {
        const turn = this.#turn(this.#knownTurn(turnId));
        return isLate || turn.status === 'complete' || turn.status === 'waiting' ? turn : undefined;
      }),
    );
  }

  /** What the turn took until now, by phases, in milliseconds. */
  turnPhases(turnId: string) {
    return settle(() => this.#live().report.phases(turnId));
  }

  /** The turn that is first: it runs, waits for a person, or is about to be started. */
  currentTurn() {
    return settle((): string | undefined => this.#live().turns.open()[0]?.id);
  }

  /** Stops the turn where it runs, cancels it where it is queued. By its id only: made again, it stops no other. */
  interrupt(turnId: string) {
    return settle(async (): Promise<InterruptResult> => {
      const turn = this.#knownTurn(turnId);
      if (turn.status === 'complete') return { interrupted: false, turnId };
      await this.#live().queue.stop(turn, 'interrupted');
      this.#work(); // The first of the order may be another now.
      return { interrupted: true, turnId };
    });
  }

  // ---- requests to a person ----

  resume(answer: ResumeRequest) {
    return settle(async (): Promise<ResumeResult> => {
      const { requests, journal, queue } = this.#live();
      const request = requests.get(answer.requestId);
      if (!request) throw new ProblemError('request_not_found', `Nobody asked "${answer.requestId}" in this session.`);
      if (request.by !== undefined) {
        if (request.by === 'user' && request.decision && sameAnswer(request.decision, answer))
          return { request: request.resource, turnId: request.turnId };
        const { decision, by } = request.resource;
        throw new ProblemError('request_already_resolved', `The request was resolved: ${decision}, by ${by}.`);
      }
      checkOffered(request.resource, answer);
      journal.answer(request, answer, 'user');
      await this.#schedule(); // Stored, it is delivered, whatever becomes of this call.
      this.ctx.waitUntil(queue.deliverAnswers());
      this.#work(); // A turn that is parked goes on.
      return { request: (requests.get(answer.requestId) ?? request).resource, turnId: request.turnId };
    });
  }

  /** A request that waits; undefined where it was answered, or nobody asked it. */
  openRequest(id: string) {
    return settle((): PersonRequest | undefined => {
      const request = this.#live().requests.get(id);
      return request?.by === undefined ? request?.resource : undefined;
    });
  }

  /** @param after the last of the page before. */
  listRequests(status: 'open' | 'resolved' | 'all', after: [createdAt: string, id: string] | undefined, limit: number) {
    return settle((): { requests: PersonRequest[]; hasMore: boolean } =>
      this.#live().requests.page(status, after, limit),
    );
  }

  // ---- the log ----

  /** @param after the cursor that was given; all that is kept where there is none. */
  listEvents(after: number | undefined, limit: number, types?: string[]) {
    return settle((): { events: DurableEvent[]; hasMore: boolean } => {
      const { log, retention } = this.#live();
      return log.page(retention.start(after), limit, types && new Set(types));
    });
  }

  /** @param after as for the events. */
  listMessages(after: number | undefined, limit: number) {
    return settle((): { messages: HistoryMessage[]; hasMore: boolean } => {
      const { log, retention } = this.#live();
      const { events, hasMore } = log.page(retention.start(after), limit, new Set(['message']));
      const messages = events.flatMap((event) =>
        event.type === 'message'
          ? [{ ...event.message, turnId: event.turnId ?? '', seq: event.seq, at: event.at }]
          : [],
      );
      return { messages, hasMore };
    });
  }

  /**
   * The stream of the session or of a turn; by POST of one that is admitted first, as by `chat`. A request and not a call,
   * as only the body of an answer is held back until what it shows is committed.
   */
  override async fetch(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const types = query.get('types')?.split(',');
    const turnId = query.get('turn') ?? undefined;
    const after = query.get('after');
    try {
      if (request.method === 'POST' && turnId !== undefined) {
        const { bodyDigest, body, trace } = await request.json<Admission>();
        await settled(this.chat(turnId, bodyDigest, body, false, trace));
      }
      return this.#stream(after === null ? undefined : Number(after), {
        ...(turnId && { turnId }),
        ...(types && { types: new Set(types) }),
      });
    } catch (error) {
      if (error instanceof ProblemError) return error.toResponse(request.headers.get('x-request-id') ?? '');
      throw error;
    }
  }

  // ---- webhooks ----

  /** Told what became of an event for webhooks. @param nextAt when somebody waits for it again, in Unix milliseconds. */
  noticeBrought(eventId: string, nextAt: number | undefined) {
    return settle((): void => {
      if (!this.#parts) return; // It waits for nobody any more.
      this.#parts.notices.settle(eventId, nextAt);
      this.ctx.waitUntil(this.#announce()); // It may be due by now.
    });
  }

  // ---- the sandbox ----

  /** What the gateway needs to reach the sandbox of this session with a request for its files. */
  sandboxSettings() {
    return settle(async (): Promise<SandboxSettings> => {
      await this.#live().disk.stayed();
      this.#live().session.setAsleep(false);
      this.#onStatusChange();
      return this.#settings();
    });
  }

  /** Told before and after files are changed from outside: they are saved soon. */
  filesChanged() {
    return settle(async (): Promise<void> => {
      this.#live().disk.changed();
      await this.#schedule();
    });
  }

  /** Makes the disk of a sandbox that was just started what it shall be. */
  prepareDisk(bootId: string) {
    return settle(async (): Promise<void> => {
      if (this.#parts?.session.get()?.deleted) this.ctx.waitUntil(this.#endOrphan());
      const work = this.#live().disk.prepare(bootId);
      this.ctx.waitUntil(work.catch(() => undefined)); // Whoever asked may hang up.
      await work.catch((error: unknown) => {
        log('error', 'disk not prepared', { error });
        if (error instanceof ProblemError && error.code === 'disk_full') throw error;
        throw new ProblemError('sandbox_unavailable', 'The disk of the sandbox could not be restored.', {
          cause: error,
        });
      });
      // Also where the end of the container before was told behind what woke this one.
      this.#live().session.setAsleep(false);
      this.#onStatusChange();
    });
  }

  /** Saves the disk and lets the container go. */
  sleep() {
    return settle(async (): Promise<Session> => {
      await this.#sleep('The container is put to sleep, as was asked for.');
      return this.#session();
    });
  }

  createSnapshot(id: string, { name }: CreateSnapshot) {
    return settle(async (): Promise<Snapshot> => {
      const { disk } = this.#live();
      const work = disk.takeSnapshot(id, name, () => this.#requireIdle());
      this.ctx.waitUntil(work.catch(() => undefined));
      return this.#unlessDeleted(work);
    });
  }

  listSnapshots() {
    return settle((): Snapshot[] => this.#live().diskStore.snapshots());
  }

  deleteSnapshot(id: string) {
    return settle((): Promise<void> => this.#live().disk.removeSnapshot(id));
  }

  restoreSnapshot(id: string) {
    return settle(async (): Promise<Session> => {
      const { disk } = this.#live();
      const work = disk.goBack(
        id,
        () => this.#requireIdle(),
        () => new SessionSandbox(this.env, this.#settings()).destroy(),
      );
      this.ctx.waitUntil(work.catch(() => undefined));
      await this.#unlessDeleted(work);
      await this.sandboxStopped();
      return this.#session();
    });
  }

  /** The container was idle for as long as it shall be. It stays where it has work, or its disk cannot be saved. */
  async fallAsleep(): Promise<void> {
    if (!this.#parts) return;
    if (this.#parts.session.get()?.deleted) return this.#endOrphan();
    await this.#sleep('The container was idle for long enough and is put to sleep.').catch(() => undefined);
  }

  /** Told by the sandbox when its container is gone. */
  async sandboxStopped(): Promise<void> {
    const record = this.#parts?.session.get();
    const active = this.#parts?.turns.active();
    if (!this.#parts || !record || record.deleted || record.asleep || (active && !isParked(active))) return;
    this.#parts.session.setAsleep(true);
    this.#parts.journal.record(undefined, [{ type: 'status', status: { state: 'sleeping' } }]);
    await this.#settleIndex();
  }

  /** Lets a call of the model begin, or says why not. */
  beginModelCall(id: string, call: Pick<ModelRequest, 'model' | 'largest'>) {
    return settle(async (): Promise<Pick<ModelRefusal, 'kind' | 'message'> | undefined> => {
      try {
        await this.#live().model.begin(id, call);
      } catch (error) {
        if (!(error instanceof ModelRefusal)) throw error;
        return { kind: error.kind, message: error.message };
      }
    });
  }

  /** Counts what a call of the model used. */
  endModelCall(id: string, model: string, tokens: TokenCount) {
    return settle((): void => this.#live().model.end(id, model, tokens));
  }

  /** Whether a request of the sandbox may leave. */
  askEgress(request: { url: string; method: string }) {
    return settle(() => this.#live().egress.ask(request));
  }

  /** Told of what the container engine refused by itself. */
  denyEgress(host: string, reason: string) {
    return settle((): void => void this.#live().egress.deny(host, reason));
  }

  /** Told by the sandbox what becomes of its container, and what that printed. */
  async logContainer(lines: LogLine[]): Promise<void> {
    const record = this.#parts?.session.get();
    if (record && !record.deleted) this.#parts?.containerLog.append(lines);
  }

  /** The newest lines. Reads past the sandbox's own object, which would take that for activity. */
  containerLogs(limit: number) {
    return settle(async (): Promise<ContainerLogs> => {
      const { containerLog } = this.#live();
      const { lines, truncated } = containerLog.with(await containerOutput(this.env, this.#settings().name));
      return { data: lines.slice(-limit), truncated: truncated || lines.length > limit };
    });
  }

  override async alarm(): Promise<void> {
    this.#alarm.gone();
    if (!this.#parts) return;
    const { session, requests, journal, turns, queue, disk, diskStore, notices } = this.#parts;
    const now = Date.now();
    await this.#alarm.guard(now + retryMs); // An alarm that fails is given up after a few times.
    const record = session.get() as SessionRecord;
    const isOver = isExpired(record);
    if (isOver && !record.deleted)
      this.ctx.storage.transactionSync(() => {
        this.#bury('expireSession', byItself);
        notices.add('session.expired', {}, new Date(now));
      });
    if (isOver || record.deleted) {
      return this.#purge().catch((error) => log('error', 'session not purged', { error }));
    }
    if (!this.#parts.origin.isMade) return this.#makeLater();
    for (const request of requests.expired(now))
      journal.answer(
        request,
        { requestId: request.id, decision: 'deny', message: 'Nobody answered in time.' },
        'timeout',
      );
    this.#work();
    const active = turns.active();
    if (active?.deadlineAt !== undefined && active.deadlineAt <= now) await queue.stop(active, 'deadline');
    await queue.deliverAnswers();
    if (!this.#atWork && (diskStore.saveAt ?? Number.POSITIVE_INFINITY) <= now) await disk.keep();
    if ((diskStore.sweepAt ?? Number.POSITIVE_INFINITY) <= now) await disk.sweep();
    this.#onStatusChange(); // Not awaited: no alarm comes while one is under way, and a write to the index may never end.
  }

  // ---- inside ----

  #open(): void {
    const { storage } = this.ctx;
    const session = new SessionStore(storage.sql);
    const { id, name, accountId } = session.get() as SessionRecord;
    const turns = new TurnStore(storage.sql);
    const requests = new RequestStore(storage.sql);
    const outbox = new Outbox(storage.sql, Number(this.env.TURN_RETRY_SECONDS) * 1000);
    const log = new EventLog(storage.sql);
    const notices = new Notices(storage.sql, id);
    const stores = { turns, requests, outbox, notices };
    const retention = new Retention({ sessionId: id, log, turns, requests }, Number(this.env.SESSION_LOG_LIMIT_BYTES));
    const report = new TurnReport({ session, turns });
    const journal = new Journal(storage, id, { ...stores, log, feed: this.#feed, retention, report }, () =>
      this.#onStatusChange(),
    );
    const sandbox = (trace?: Trace) => new SessionSandbox(this.env, { ...this.#settings(), trace });
    const send = (turnId: string) => this.env.TURNS.send({ session: name, turnId });
    const diskStore = new DiskStore(storage, name);
    const loans = new Loans(storage);
    const disk = new Disk({
      bucket: this.env.DISKS,
      store: diskStore,
      loans,
      giveBack: (needed, isGone) => settled(this.#lender.takeBack(name, needed, isGone)),
      sandbox,
      limits: {
        bytes: Number(this.env.SESSION_DISK_LIMIT_BYTES),
        entries: Number(this.env.SESSION_DISK_LIMIT_ENTRIES),
      },
      lastSeq: () => log.head,
      onPostponed: () => this.ctx.waitUntil(this.#schedule()),
      onFailure: (problem) => this.#recordFailure(problem),
      onLoss: () => this.#recordFailure(rewound(diskStore.newest())),
    });
    const queue = new TurnQueue({ ...stores, session, journal, sandbox, disk, send });
    const ledger = new Ledger(storage);
    const model = new ModelDesk({
      ...{ session, turns, ledger, feed: this.#feed },
      prices: new Prices(this.env.MODEL_PRICES),
      stop: (turn, reason) => this.#stop(turn, reason),
    });
    const deliveries = new DeliveryStore(this.env.DB, accountId);
    const herald = new Herald({ notices, session, deliveries, send: (message) => this.env.WEBHOOKS.send(message) });
    const audit = new AuditOutbox(storage.sql);
    const index = new SessionIndex(this.env.DB, { session, audit, deliveries }, () => this.#shown());
    const containerLog = new ContainerLog(storage.sql);
    const origin = new Origin(storage.sql);
    const history = new History(storage.sql);
    const from: ForkedSession = {
      lend: (point) => settled(this.#lender.lend(name, point)),
      history: (table, after) => settled(this.#lender.history(name, table, after)),
    };
    const fork = new Fork({
      ...{ storage, sessionId: id, origin, from, session, turns, requests, log, history, journal, diskStore },
      seal: async ({ egress, env }) => ({
        egress: await sealRules(this.env.SANDBOX_MASTER_SECRET, name, egress),
        env: await sealEnv(this.env.SANDBOX_MASTER_SECRET, name, env),
      }),
      onRewound: () => this.#recordFailure(rewound(diskStore.newest())),
    });
    const disks = { diskStore, loans, disk };
    const forking = { origin, history, fork };
    const egress = new EgressDesk({ masterSecret: this.env.SANDBOX_MASTER_SECRET, session, turns, journal });
    const reach = { ledger, model, egress };
    this.#parts = {
      ...{ ...stores, session, log, retention, report, journal, queue, containerLog, audit, index, herald },
      ...{ ...disks, ...forking, ...reach },
    };
  }

  /** Writes down what is done to the session, in one commit with it; before it, so that what cannot be is not done. */
  #audit(action: AuditAction, act: Act, set: object = {}): void {
    const { session, audit } = this.#parts as Parts;
    const { accountId, id } = session.get() as SessionRecord;
    const fields = Object.keys(set).filter((name) => name !== 'id');
    const target = { type: 'session' as const, id };
    audit.add(entryOf(act, { accountId, action, target, ...(fields.length > 0 && { fields }) }));
  }

  /** The session is deleted from now on, and nothing more is told of what happened in it. */
  #bury(action: AuditAction, act: Act): void {
    const { session, notices } = this.#parts as Parts;
    this.#audit(action, act);
    notices.clear();
    session.bury(new Date().toISOString());
  }

  /** Whether the session is there already, or about to be. */
  #isKnown(bodyDigest: string): boolean {
    const known = this.#parts?.session.get();
    if (!known) return false;
    if (known.deleted || isExpired(known))
      throw new ProblemError('session_deleted', `The session "${known.id}" was deleted; its id stays taken.`);
    if (known.bodyDigest !== bodyDigest)
      throw new ProblemError('session_conflict', `The session "${known.id}" was created with another body.`);
    return true;
  }

  /** The session that this one was forked from. */
  get #lender() {
    return orchestratorOf(this.env, this.#parts?.diskStore.lender ?? '');
  }

  /**
   * Brings a fork to its end: it is there, or nothing is left of it. A call meanwhile is the same work.
   *
   * @throws ProblemError as the session that is forked refuses; where that does not answer, it is asked again.
   */
  #make(): Promise<void> {
    this.#making ??= this.#makeOnce().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #makeOnce(): Promise<void> {
    const { fork, session, origin } = this.#parts as Parts;
    await this.#schedule(); // Should this be broken off, it goes on later.
    try {
      if (!origin.isMade) await fork.make();
    } catch (error) {
      const { name, deleted } = session.get() as SessionRecord;
      const isRefused = error instanceof ProblemError && !awaited.has(error.code);
      // Also where it was deleted meanwhile: what was lent behind that, nobody else would give back.
      if (deleted || isRefused) await settled(this.#lender.takeBack(name, [], true));
      if (isRefused && !deleted) {
        const gone = this.#deleteAll();
        this.#parts = undefined;
        await gone;
      }
      throw error;
    }
    await this.#settleIndex();
  }

  async #makeLater(): Promise<void> {
    await this.#make().catch((error) => log('error', 'session not forked', { error }));
  }

  /** @throws ProblemError where there is no session, or none any more. */
  #live(): Parts {
    const record = this.#parts?.session.get();
    if (!this.#parts || !record || record.deleted || isExpired(record) || !this.#parts.origin.isMade)
      throw new ProblemError('session_not_found', 'No session of this id belongs to your key.');
    return this.#parts;
  }

  /** What fails as its session is deleted says that, and not what became of its disk. */
  async #unlessDeleted<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.#live();
      throw error;
    }
  }

  #work(): void {
    if (this.#parts?.origin.isMade) this.ctx.waitUntil(this.#parts.queue.work());
  }

  /** What is secret of a body, encrypted for the session of this name. */
  async #sealed(name: string, { egress, env }: Pick<CreateSession, 'egress' | 'env'>): Promise<Partial<Sealed>> {
    const { SANDBOX_MASTER_SECRET: secret } = this.env;
    return {
      ...(egress && { egress: await sealRules(secret, name, egress.allow) }),
      ...(env && { env: await sealEnv(secret, name, env) }),
    };
  }

  /** The variables of a session of an earlier version. Where they cannot be encrypted, they are as good as they were. */
  async #sealOldEnv(): Promise<void> {
    const { SANDBOX_MASTER_SECRET: secret } = this.env;
    const { name, env } = this.#settings();
    try {
      this.#parts?.session.setEnv(await sealEnv(secret, name, await openEnv(secret, name, env)));
    } catch (error) {
      log('error', 'variables not encrypted', { error });
    }
  }

  /** Stops a turn, whatever becomes of whoever had it stopped. */
  #stop(turn: TurnRecord, reason: StopReason): Promise<void> {
    const stopped = this.#live().queue.stop(turn, reason);
    this.ctx.waitUntil(stopped.catch(() => undefined));
    return stopped;
  }

  async #sleep(why: string): Promise<void> {
    const { disk } = this.#live();
    const work = disk.leave(
      () => this.#requireRest(),
      () => new SessionSandbox(this.env, this.#settings()).sleep(why),
    );
    this.ctx.waitUntil(work.catch(() => undefined)); // Begun, it comes to its end, whatever becomes of this call.
    await this.#unlessDeleted(work);
    await this.sandboxStopped();
  }

  /** The turn that is under way, or about to be. One that is parked needs no sandbox, and nor do those behind it. */
  get #atWork(): TurnRecord | undefined {
    const [first] = (this.#parts as Parts).turns.open();
    return first && !isParked(first) ? first : undefined;
  }

  /** @throws ProblemError `session_busy` while the sandbox is needed. */
  #requireRest(): void {
    const turn = this.#atWork;
    if (turn) throw new ProblemError('session_busy', `The turn ${turn.id} needs the sandbox.`);
  }

  /** @throws ProblemError `session_busy` while a turn is open. */
  #requireIdle(): void {
    const [open] = this.#live().turns.open();
    if (open) throw new ProblemError('session_busy', `The turn ${open.id} is not complete.`);
  }

  /** A container that came to be while its session was being deleted is nobody's. */
  #endOrphan(): Promise<void> {
    const end = new SessionSandbox(this.env, this.#settings()).destroy();
    return end.catch((error) => log('error', 'container of a deleted session not ended', { error }));
  }

  /** Something failed that belongs to no turn. */
  #recordFailure({ code, message }: ProblemError): void {
    this.#parts?.journal.record(undefined, [{ type: 'error', code, message, retryable: false }]);
  }

  /** Ends what a deleted session still has; goes on where it was left. */
  async #purge(): Promise<void> {
    const { session, queue, index, disk, diskStore } = this.#parts as Parts;
    if (session.get()?.purged) {
      if (diskStore.sweepAt !== undefined) await disk.sweep();
    } else {
      await queue.stopAll('interrupted');
      this.#feed.close();
      await new SessionSandbox(this.env, this.#settings()).destroy();
      await disk.delete();
    }
    await this.#settleIndex();
    if (index.isRight && !session.get()?.purged) await this.#wipe();
    await this.#announce();
  }

  /**
   * Leaves nothing but a tombstone, what of the disk forks need, and what webhooks are still to be told. Rows that are
   * deleted stay readable in the file's free pages, so that the whole file goes; what takes its place is written in the
   * same step, and committed with it.
   */
  async #wipe(): Promise<void> {
    const { session, log, turns, diskStore, notices } = this.#parts as Parts;
    const { name, accountId, id, createdAt } = session.get() as SessionRecord;
    const remains = diskStore.remains();
    const events = notices.all();
    const gone = this.#deleteAll();
    migrate(this.ctx.storage);
    session.create({ name, accountId, id }, '', {}, createdAt);
    session.bury(new Date().toISOString());
    session.setIndexed('deleted');
    session.setPurged();
    diskStore.bury(remains, Date.now());
    notices.restore(events, Date.now());
    log.reload();
    turns.reload();
    await gone;
  }

  /** The alarm goes with the rest. */
  #deleteAll(): Promise<void> {
    this.#alarm.gone();
    return this.ctx.storage.deleteAll();
  }

  #stream(cursor: number | undefined, wanted: Omit<Selection, 'after'>): Response {
    const { log, journal, queue, retention } = this.#live();
    const turn = wanted.turnId === undefined ? undefined : this.#knownTurn(wanted.turnId);
    const selection = { ...wanted, after: retention.start(cursor, turn) };
    if (turn?.status === 'complete' && selection.after >= (turn.lastSeq ?? 0))
      return new Response(null, { status: 204 });
    const { readable, writable } = new IdentityTransformStream();
    const snapshots = () => {
      const active = queue.snapshots();
      return active ? journal.transientEntries(active.turnId, active.events) : [];
    };
    const stored = () => this.ctx.storage.sync();
    const done = subscribe(writable, selection, { log, feed: this.#feed, snapshots, stored });
    this.ctx.waitUntil(done.catch(() => undefined)); // The reader hung up, which is its right.
    return new Response(readable, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    });
  }

  #knownTurn(turnId: string): TurnRecord {
    const turn = this.#live().turns.get(turnId);
    if (!turn) throw new ProblemError('turn_not_found', `This session has no turn "${turnId}".`);
    return turn;
  }

  #turn(record: TurnRecord): Turn {
    const parts = this.#live();
    return turnResource(record, parts.session.get() as SessionRecord, parts);
  }

  #session(): Session {
    const parts = this.#live();
    return sessionResource(parts.session.get() as SessionRecord, this.#status() as SessionStatus, parts);
  }

  #status(): IndexedStatus {
    const { session, turns } = this.#parts as Parts;
    const record = session.get() as SessionRecord;
    if (record.deleted) return 'deleted';
    const open = turns.open()[0];
    if (open) return open.status === 'waiting' ? 'waiting' : 'running';
    return record.asleep ? 'sleeping' : 'idle';
  }

  /** What the account's index shall show. */
  #shown() {
    const { requests } = this.#parts as Parts;
    const status = this.#status();
    return { status, requests: status === 'waiting' ? requests.openNames() : [] };
  }

  #settings(): SandboxSettings {
    const { name, id, idleTimeoutSeconds, env } = (this.#parts as Parts).session.get() as SessionRecord;
    return { name, sessionId: id, idleTimeoutSeconds, env };
  }

  /** Whether there is a session, or was: one that is about to be forked is in no list. */
  get #isThere(): boolean {
    return this.#parts !== undefined && (this.#parts.origin.isMade || this.#status() === 'deleted');
  }

  #onStatusChange(): void {
    this.ctx.waitUntil(this.#settleIndexSoon());
  }

  /** The alarm sees to it where the object does not live to do it. */
  async #settleIndexSoon(): Promise<void> {
    await this.#schedule();
    if (this.#isIndexDue) return;
    this.#isIndexDue = true;
    await scheduler.wait(indexDelayMs);
    this.#isIndexDue = false;
    this.ctx.waitUntil(this.#announce());
    await this.#settleIndex();
  }

  /** Hands over what webhooks are to be told. */
  async #announce(): Promise<void> {
    if (!this.#isThere) return;
    await this.#parts?.herald.work();
    if (this.#parts) await this.#schedule();
  }

  async #settleIndex(): Promise<void> {
    if (!this.#isThere) return;
    await this.#schedule(); // First of all: a write to the index may take long, or never end.
    await this.#parts?.index.bringUpToDate();
    await this.#schedule();
  }

  /** Sets the alarm, once behind all that changes in one step, and in one commit with it. */
  #schedule(): Promise<void> {
    this.#scheduling ??= Promise.resolve().then(() => {
      this.#scheduling = undefined;
      return this.#setAlarm();
    });
    return this.#scheduling;
  }

  /** To what is due next; a session that stays idle has none. */
  async #setAlarm(): Promise<void> {
    if (!this.#parts) return; // It was never more than begun.
    const { session, index, diskStore, notices } = this.#parts;
    const { deleted, purged, expiresAt } = session.get() as SessionRecord;
    const isSettled = index.isRight && deleted === purged && diskStore.sweepAt === undefined;
    const retryAt = isSettled && this.#isThere ? undefined : Date.now() + retryMs;
    const sendAt = notices.nextSend();
    // What is due now is being sent: the alarm is for what comes between.
    const always = [retryAt, sendAt && (sendAt > Date.now() ? sendAt : Date.now() + retryMs)];
    // What a deleted session has left open is looked after no more: a date that has passed would call without end.
    const due = (deleted ? always : [...always, expiresAt, ...this.#dates()]).filter((at) => at !== undefined);
    await this.#alarm.set(due.length > 0 ? Math.min(...due) : null);
  }

  /** When something has to be done for the open turns, in Unix milliseconds. */
  #dates(): (number | undefined)[] {
    const { requests, turns, outbox, diskStore } = this.#parts as Parts;
    const first = turns.open()[0];
    const sendAt = first && outbox.get(first.id)?.sendAt;
    return [
      requests.nextExpiry(),
      first?.deadlineAt,
      this.#atWork ? undefined : diskStore.saveAt,
      // What is due now is being sent: the alarm is for what comes between.
      sendAt && Math.max(sendAt, Date.now() + retryMs),
      first && first.status !== 'waiting' && sendAt === undefined ? Date.now() + watchdogMs : undefined,
    ];
  }
}

/** What may be otherwise when a fork asks again. */
const awaited: ReadonlySet<ProblemCode> = new Set(['restarting', 'internal_error']);

/** The calls of the Orchestrator, as the gateway sees them. */
export type OrchestratorCalls = Pick<
  Orchestrator,
  | 'create'
  | 'fork'
  | 'lend'
  | 'history'
  | 'takeBack'
  | 'get'
  | 'update'
  | 'delete'
  | 'chat'
  | 'start'
  | 'giveUp'
  | 'turnPhases'
  | 'currentTurn'
  | 'listTurns'
  | 'getTurn'
  | 'interrupt'
  | 'resume'
  | 'openRequest'
  | 'listRequests'
  | 'listEvents'
  | 'listMessages'
  | 'sandboxSettings'
  | 'filesChanged'
  | 'sleep'
  | 'createSnapshot'
  | 'listSnapshots'
  | 'deleteSnapshot'
  | 'restoreSnapshot'
  | 'containerLogs'
  | 'beginModelCall'
  | 'endModelCall'
  | 'askEgress'
  | 'denyEgress'
  | 'reindex'
  | 'tokenGeneration'
  | 'grantToken'
  | 'revokeTokens'
  | 'noticeBrought'
> &
  Pick<DurableObjectStub, 'fetch'>;
