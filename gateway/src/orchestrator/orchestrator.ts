import { DurableObject } from 'cloudflare:workers';
import {
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
  ProblemError,
  type ResumeRequest,
  type ResumeResult,
  type Session,
  type SessionStatus,
  type Snapshot,
  type Trace,
  type Turn,
  type UpdateSession,
} from '@sandgate/api-spec';
import { type Act, byItself } from '../audit/act.ts';
import type { ForkPoint } from '../disk/loans.ts';
import { DiskStore } from '../disk/store.ts';
import { ModelRefusal } from '../egress/model-refusal.ts';
import type { ModelRequest } from '../egress/model-request.ts';
import type { TokenCount } from '../egress/token-count.ts';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { containerOutput } from '../sandbox/container-output.ts';
import { isInTheClear } from '../sandbox/sealed-env.ts';
import type { SandboxSettings } from '../sandbox/session-sandbox.ts';
import { type Admission, admit, isAdmitted } from './admission.ts';
import { Alarm } from './alarm.ts';
import { checkOffered, isAnswered, unanswered } from './answer.ts';
import { checkExpiry, isExpired } from './expiry.ts';
import { Feed } from './feed.ts';
import type { Grant } from './fork.ts';
import type { HistoryRow, HistoryTable } from './history.ts';
import { Origin } from './origin.ts';
import { atWork, isParked } from './parked.ts';
import { Publisher } from './publisher.ts';
import { messageResource, sessionResource, turnResource } from './resources.ts';
import { retryMs, Schedule } from './schedule.ts';
import { isCreated, migrate } from './schema.ts';
import { type SessionParts, sessionParts } from './session-parts.ts';
import { openSecrets, sealOldEnv, sealSecrets } from './session-secrets.ts';
import { isThere, statusOf } from './session-status.ts';
import { type SessionRecord, SessionStore } from './session-store.ts';
import { settle, settled } from './settled.ts';
import { type Selection, streamed } from './subscription.ts';
import type { TurnRecord } from './turn-store.ts';

/** How long the Queue's consumer is kept waiting for the sandbox to take a turn, in milliseconds. */
const startLimitMs = 90_000;

/**
 * One session: it admits turns, owns the event log, drives the sandbox detached from any caller, and shows what happens
 * to any number of readers. All that must last is in its SQLite; all else is rebuilt.
 */
export class Orchestrator extends DurableObject<Env> {
  readonly #feed = new Feed();
  readonly #alarm = new Alarm(this.ctx.storage);
  readonly #schedule = new Schedule(this.#alarm, () => this.#parts);
  readonly #publisher = new Publisher(this.ctx, this.#schedule, () => this.#parts);
  #parts: SessionParts | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (!isCreated(ctx.storage.sql)) return;
    migrate(ctx.storage);
    const { session } = this.#open();
    if (isInTheClear(session.sandboxSettings().env))
      void ctx.blockConcurrencyWhile(() => sealOldEnv(env.SANDBOX_MASTER_SECRET, session));
    this.#work(); // A turn that ran when the object was evicted goes on.
  }

  // ---- the session ----

  /** Creates the session, or answers it where it is there already. */
  create(owner: { name: string; accountId: string; id: string }, bodyDigest: string, body: CreateSession, act: Act) {
    return settle(async (): Promise<{ session: Session; created: boolean }> => {
      const sealed = await sealSecrets(this.env.SANDBOX_MASTER_SECRET, owner.name, body);
      const isKnown = this.#isKnown(bodyDigest);
      if (!isKnown) {
        checkExpiry(body.expiresAt);
        migrate(this.ctx.storage);
        new SessionStore(this.ctx.storage.sql).create(owner, bodyDigest, body, new Date().toISOString(), sealed);
        this.#open().audit.add('createSession', act, body);
      }
      await this.#publisher.settleIndex();
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
      const { egress } = await sealSecrets(this.env.SANDBOX_MASTER_SECRET, owner.name, body);
      if (!this.#isKnown(bodyDigest)) {
        checkExpiry(body.expiresAt);
        const { storage } = this.ctx;
        migrate(storage);
        storage.transactionSync(() => {
          new SessionStore(storage.sql).create(owner, bodyDigest, {}, new Date().toISOString());
          new Origin(storage.sql).begin(from.id, { ...body, egress });
          new DiskStore(storage, owner.name).setLender(from.name);
        });
        this.#open().audit.add('fork', act, body);
      }
      const { origin, forkAttempt } = this.#parts as SessionParts;
      const created = !origin.isMade;
      const work = forkAttempt.make();
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
      const loan = await this.#toTheEnd(disk.lend(fork, point, () => this.#requireIdle()));
      const record = this.#live().session.get() as SessionRecord;
      const { agent, agentOptions, permissionMode, metadata, idleTimeoutSeconds, budget, expiresAt } = record;
      const settings = { agent, agentOptions, permissionMode, metadata, idleTimeoutSeconds, budget, expiresAt };
      const secrets = await openSecrets(this.env.SANDBOX_MASTER_SECRET, record);
      return { inheritance: { ...settings, ...secrets }, loan, objects: loans.objects(fork) };
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
      await this.#schedule.set();
    });
  }

  get() {
    return settle(() => this.#session());
  }

  update(change: UpdateSession, act: Act) {
    return settle(async (): Promise<Session> => {
      checkExpiry(change.expiresAt);
      const { name } = this.#live().session.get() as SessionRecord;
      const { egress } = await sealSecrets(this.env.SANDBOX_MASTER_SECRET, name, change);
      const { session, audit } = this.#live();
      audit.add('updateSession', act, change);
      session.update(change, egress);
      await this.#publisher.settleIndex();
      return this.#session();
    });
  }

  /** Ends the turns and the streams, destroys the sandbox, and forgets all but that the id is taken. */
  delete(act: Act) {
    return settle(async (): Promise<void> => {
      const { session, deletion } = this.#parts ?? this.#live();
      if (!session.get()?.deleted) deletion.begin('deleteSession', act);
      await this.#alarm.set(Date.now() + retryMs); // Should it not come to its end now, it does later.
      await deletion.finish().catch((cause: unknown) => {
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
      if (!this.#parts || !isThere(this.#parts)) return false;
      const { session, index } = this.#parts;
      session.forgetIndexed();
      await this.#publisher.settleIndex();
      if (!index.isRight) throw new ProblemError('restarting', 'The index cannot be written just now.');
      return true;
    });
  }

  /** Which generation of the session's tokens is valid. */
  tokenGeneration() {
    return settle((): number => this.#live().tokens.current);
  }

  /** As `tokenGeneration`, for a token that is about to be made. */
  grantToken(act: Act) {
    return settle((): number => {
      const { tokens, audit } = this.#live();
      audit.add('createSessionToken', act);
      this.#publisher.publishSoon();
      return tokens.current;
    });
  }

  /** Ends all tokens of the session: those that are made from now on are of another generation. */
  revokeTokens(act: Act) {
    return settle((): void => {
      const { tokens, audit } = this.#live();
      audit.add('revokeSessionTokens', act);
      this.#publisher.publishSoon();
      tokens.end();
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
      const parts = this.#live();
      const { turns, queue } = parts;
      if (!isAdmitted(turnId, bodyDigest, parts)) {
        const interrupted = admit(turnId, { bodyDigest, body, trace }, viaQueue, parts);
        for (const turn of interrupted) this.ctx.waitUntil(queue.stop(turn, 'interrupted'));
        this.#work();
        await this.#schedule.set(); // Admitted, it is run, whatever becomes of this call.
      }
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
      if (!isAnswered(request, answer)) {
        checkOffered(request.resource, answer);
        journal.answer(request, answer, 'user');
        await this.#schedule.set(); // Stored, it is delivered, whatever becomes of this call.
        this.ctx.waitUntil(queue.deliverAnswers());
        this.#work(); // A turn that is parked goes on.
      }
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
      return { messages: events.filter((event) => event.type === 'message').map(messageResource), hasMore };
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
        await scheduler.wait(0); // A turn of the event loop, in which the turn goes to its sandbox: its answer can wait.
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
      this.ctx.waitUntil(this.#publisher.announce()); // It may be due by now.
    });
  }

  // ---- the sandbox ----

  /** What the gateway needs to reach the sandbox of this session with a request for its files. */
  sandboxSettings() {
    return settle(async (): Promise<SandboxSettings> => {
      await this.#live().disk.stayed();
      const { session } = this.#live();
      session.setAsleep(false);
      this.#publisher.publishSoon();
      return session.sandboxSettings();
    });
  }

  /** Told before and after files are changed from outside: they are saved soon. */
  filesChanged() {
    return settle(async (): Promise<void> => {
      this.#live().disk.changed();
      await this.#schedule.set();
    });
  }

  /** Makes the disk of a sandbox that was just started what it shall be. */
  prepareDisk(bootId: string) {
    return settle(async (): Promise<void> => {
      if (this.#parts?.session.get()?.deleted) this.ctx.waitUntil(endOrphan(this.#parts));
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
      this.#publisher.publishSoon();
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
    return settle(
      (): Promise<Snapshot> => this.#toTheEnd(this.#live().disk.takeSnapshot(id, name, () => this.#requireIdle())),
    );
  }

  listSnapshots() {
    return settle((): Snapshot[] => this.#live().diskStore.snapshots());
  }

  deleteSnapshot(id: string) {
    return settle((): Promise<void> => this.#live().disk.removeSnapshot(id));
  }

  restoreSnapshot(id: string) {
    return settle(async (): Promise<Session> => {
      const { disk, sandbox } = this.#live();
      const work = disk.goBack(
        id,
        () => this.#requireIdle(),
        () => sandbox().destroy(),
      );
      await this.#toTheEnd(work);
      await this.sandboxStopped();
      return this.#session();
    });
  }

  /** The container was idle for as long as it shall be. It stays where it has work, or its disk cannot be saved. */
  async fallAsleep(): Promise<void> {
    if (!this.#parts) return;
    if (this.#parts.session.get()?.deleted) return endOrphan(this.#parts);
    await this.#sleep('The container was idle for long enough and is put to sleep.').catch(() => undefined);
  }

  /** Told by the sandbox when its container is gone. */
  async sandboxStopped(): Promise<void> {
    const record = this.#parts?.session.get();
    const active = this.#parts?.turns.active();
    if (!this.#parts || !record || record.deleted || record.asleep || (active && !isParked(active))) return;
    this.#parts.session.setAsleep(true);
    this.#parts.journal.record(undefined, [{ type: 'status', status: { state: 'sleeping' } }]);
    await this.#publisher.settleIndex();
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
      const { containerLog, session } = this.#live();
      const { name } = session.get() as SessionRecord;
      const { lines, truncated } = containerLog.with(await containerOutput(this.env, name));
      return { data: lines.slice(-limit), truncated: truncated || lines.length > limit };
    });
  }

  override async alarm(): Promise<void> {
    this.#alarm.gone();
    const parts = this.#parts;
    if (!parts) return;
    const { session, origin, notices, deletion, forkAttempt } = parts;
    const now = Date.now();
    await this.#alarm.guard(now + retryMs); // An alarm that fails is given up after a few times.
    const record = session.get() as SessionRecord;
    const isOver = isExpired(record);
    if (isOver && !record.deleted)
      this.ctx.storage.transactionSync(() => {
        deletion.begin('expireSession', byItself);
        notices.add('session.expired', {}, new Date(now));
      });
    if (isOver || record.deleted)
      return deletion.finish().catch((error) => log('error', 'session not purged', { error }));
    if (!origin.isMade) return forkAttempt.make().catch((error) => log('error', 'session not forked', { error }));
    await this.#goOn(parts, now);
    this.#publisher.publishSoon(); // Not awaited: no alarm comes while one is under way, and a write to the index may never end.
  }

  // ---- inside ----

  #open(): SessionParts {
    this.#parts = sessionParts({
      ...{ ctx: this.ctx, env: this.env, feed: this.#feed, alarm: this.#alarm },
      ...{ schedule: this.#schedule, publisher: this.#publisher },
      onUndone: () => {
        this.#parts = undefined;
      },
    });
    return this.#parts;
  }

  /** Does what is due in a session that is there: see schedule.ts. */
  async #goOn({ requests, journal, turns, queue, disk, diskStore }: SessionParts, now: number): Promise<void> {
    for (const request of requests.expired(now)) journal.answer(request, unanswered(request), 'timeout');
    this.#work();
    const active = turns.active();
    if (active?.deadlineAt !== undefined && active.deadlineAt <= now) await queue.stop(active, 'deadline');
    await queue.deliverAnswers();
    if (!atWork(turns) && (diskStore.saveAt ?? Number.POSITIVE_INFINITY) <= now) await disk.keep();
    if ((diskStore.sweepAt ?? Number.POSITIVE_INFINITY) <= now) await disk.sweep();
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

  /** @throws ProblemError where there is no session, or none any more. */
  #live(): SessionParts {
    const record = this.#parts?.session.get();
    if (!this.#parts || !record || record.deleted || isExpired(record) || !this.#parts.origin.isMade)
      throw new ProblemError('session_not_found', 'No session of this id belongs to your key.');
    return this.#parts;
  }

  /**
   * Begun, it comes to its end, whatever becomes of the call. What fails as its session is deleted says that, and not
   * what became of its disk.
   */
  async #toTheEnd<T>(work: Promise<T>): Promise<T> {
    this.ctx.waitUntil(work.catch(() => undefined));
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

  async #sleep(why: string): Promise<void> {
    const { disk, sandbox } = this.#live();
    const work = disk.leave(
      () => this.#requireRest(),
      () => sandbox().sleep(why),
    );
    await this.#toTheEnd(work);
    await this.sandboxStopped();
  }

  /** @throws ProblemError `session_busy` while the sandbox is needed. */
  #requireRest(): void {
    const turn = this.#parts && atWork(this.#parts.turns);
    if (turn) throw new ProblemError('session_busy', `The turn ${turn.id} needs the sandbox.`);
  }

  /** @throws ProblemError `session_busy` while a turn is open. */
  #requireIdle(): void {
    const [open] = this.#live().turns.open();
    if (open) throw new ProblemError('session_busy', `The turn ${open.id} is not complete.`);
  }

  #stream(cursor: number | undefined, wanted: Omit<Selection, 'after'>): Response {
    const { log, journal, queue, retention } = this.#live();
    const turn = wanted.turnId === undefined ? undefined : this.#knownTurn(wanted.turnId);
    const selection = { ...wanted, after: retention.start(cursor, turn) };
    if (turn?.status === 'complete' && selection.after >= (turn.lastSeq ?? 0))
      return new Response(null, { status: 204 });
    const snapshots = () => {
      const active = queue.snapshots();
      return active ? journal.transientEntries(active.turnId, active.events) : [];
    };
    const source = { log, feed: this.#feed, snapshots, stored: () => journal.stored() };
    const { response, done } = streamed(selection, source);
    this.ctx.waitUntil(done.catch(() => undefined)); // The reader hung up, which is its right.
    return response;
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
    return sessionResource(parts.session.get() as SessionRecord, statusOf(parts) as SessionStatus, parts);
  }
}

/** A container that came to be while its session was being deleted is nobody's. */
function endOrphan({ sandbox }: SessionParts): Promise<void> {
  return sandbox()
    .destroy()
    .catch((error) => log('error', 'container of a deleted session not ended', { error }));
}
