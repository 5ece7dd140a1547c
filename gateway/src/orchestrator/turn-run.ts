import { type ProblemCode, ProblemError, type SandboxChatRequest, type StopReason } from '@sandgate/api-spec';
import type { Disk } from '../disk/disk.ts';
import { log } from '../observe/log.ts';
import { refusalOf } from '../sandbox/refusal.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { sameScope } from './answer.ts';
import { type SessionEvent, serialized } from './entry.ts';
import { type AgentFrame, frameBatches } from './frame-stream.ts';
import { Intake } from './intake.ts';
import type { Journal } from './journal.ts';
import type { Outbox } from './outbox.ts';
import { handedOver, parkedTurnLost, resolution, resumption } from './parked.ts';
import type { Partials } from './partials.ts';
import type { RequestRecord, RequestStore } from './request-store.ts';
import type { SessionRecord } from './session-store.ts';
import { restarted, TurnError, untrusted } from './turn-error.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

/** How long a request to a person stays open, in seconds: a week. */
const requestTimeoutSeconds = 604_800;

/** The longest id of a request, in UTF-16 units: it goes into the account's index, which takes no more than a row holds. */
const requestIdLimit = 255;

/** How often in a row the sandbox may not be reached before the turn is given up. */
const maxLosses = 8;

/** How long a stream must have lived for its cut to be met by another at once, in milliseconds. */
const steadyMs = 5000;

/** How long the sandbox may take to end a turn that is stopped, in milliseconds. */
const stopLimitMs = 15_000;

type Usage = NonNullable<TurnRecord['usage']>;
type Resolved = Extract<SessionEvent, { type: 'permission.resolved' }>;

interface Parts {
  session: SessionRecord;
  sandbox: SessionSandbox;
  journal: Journal;
  partials: Partials;
  turns: TurnStore;
  requests: RequestStore;
  outbox: Outbox;
  disk: Pick<Disk, 'bootId' | 'changed' | 'unchanged'>;
}

/**
 * Drives one turn to its `complete`, detached from any caller. Made anew after a restart, it goes on where the log ends:
 * the turn is handed to one boot of the sandbox only, which runs it at most once, and is followed from there.
 */
export class TurnRun {
  readonly turnId: string;
  /** Its name there. A key that is used again once its turn is forgotten names another turn, and the sandbox knows both. */
  readonly #idInSandbox: string;
  readonly #parts: Parts;
  readonly #intake: Intake;
  readonly #stopped = new AbortController();
  readonly #finished = Promise.withResolvers<void>();
  #destroyed: Promise<void> | undefined;
  #isParked = false;
  #isHandedOver = false;

  constructor(turn: TurnRecord, parts: Parts) {
    this.turnId = turn.id;
    this.#idInSandbox = `${turn.id}.${turn.ordinal}`;
    this.#parts = parts;
    parts.partials.clear();
    this.#intake = new Intake(turn, parts);
  }

  /** Resolves once the turn is complete, however it ends, is parked, or was put back to be started later. */
  async run(): Promise<void> {
    try {
      if (!this.#turn.startedAt) this.#start();
      const { wantedStop } = this.#turn;
      if (wantedStop) this.#goOnStopping(wantedStop);
      await this.#followToTheEnd();
    } catch (error) {
      if (!this.#isComplete && !this.#putBack(error)) await this.#fail(error);
    } finally {
      await this.#destroyed; // The next turn is not handed to a sandbox that is going away.
      this.#finished.resolve();
    }
  }

  /** Stops the turn and all that it started: for the reason that was given first. Resolves once it is over. */
  async stop(wanted: StopReason): Promise<void> {
    if (this.#isComplete) return;
    const reason = this.#turn.wantedStop ?? wanted;
    this.#parts.turns.change(this.turnId, { wantedStop: reason });
    if (this.#turn.bootId === undefined) return this.#end(reason);
    const began = Date.now();
    let isAsked = await this.#interruptSandbox();
    // Once more where that failed soon: with the sandbox goes what is not saved of its disk.
    if (!isAsked && Date.now() - began < stopLimitMs) isAsked = await this.#interruptSandbox();
    if (isAsked) await Promise.race([this.#finished.promise, scheduler.wait(stopLimitMs)]);
    if (this.#isComplete) return;
    // The sandbox did not stop it: the turn ends here, and what may still run there goes with the sandbox.
    let failed: Promise<void> | undefined;
    try {
      this.#end(reason);
    } catch (error) {
      failed = this.#fail(error); // What it said last could not be stored.
    }
    await this.#destroySandbox(); // In the same step as the end: the next turn waits for it.
    await failed;
  }

  /**
   * Hands stored answers to the agent. One that does not arrive is handed over again with the next connection, or by the
   * watchdog. A sandbox that does not have the turn yet knows of no request: it gets the answer with the turn.
   */
  async deliverAnswers(): Promise<void> {
    if (!this.#isHandedOver) return;
    for (const request of this.#parts.requests.unannounced(this.turnId)) {
      const answer = handedOver(request);
      if (!answer) continue;
      const response = await this.#parts.sandbox.resume(answer);
      if (response.ok) {
        await response.body?.cancel();
        continue;
      }
      const refusal = await refusalOf(response);
      if (!(refusal instanceof ProblemError) || refusal.status >= 500) throw refusal;
      // It says so in its stream: it goes on with the answer, or its server was told to stop as that was on its way.
      if (refusal.code === 'turn_parked' || refusal.code === 'request_already_resolved') return;
      if (this.#isOver || this.#turn.wantedStop) return; // The answer came too late: the turn is being stopped.
      // One that was started since knows of no request.
      const ready = refusal.code === 'request_not_found' ? await this.#ready() : undefined;
      if (this.#isOver) return; // Parked meanwhile, it goes on with the answer by itself.
      const isAnother = ready && ready.bootId !== this.#turn.bootId;
      const refused = new TurnError('sandbox_error', `The agent refused the answer: ${refusal.message}`);
      return await this.#fail(isAnother ? restarted() : refused);
    }
  }

  get #turn(): TurnRecord {
    return this.#parts.turns.get(this.turnId) as TurnRecord;
  }

  /** Also where the session was deleted meanwhile, and its turns with it. */
  get #isComplete(): boolean {
    return (this.#parts.turns.get(this.turnId)?.status ?? 'complete') === 'complete';
  }

  get #isOver(): boolean {
    return this.#isParked || this.#isComplete;
  }

  /** The object was restarted while it stopped the turn: nobody else sees to it that it ends. */
  #goOnStopping(reason: StopReason): void {
    this.stop(reason).catch((error) => log('error', 'turn not stopped', { turnId: this.turnId, error }));
  }

  #start(): void {
    this.#parts.turns.change(this.turnId, { status: 'running', startedAt: new Date().toISOString() });
    this.#parts.turns.startClock(this.turnId, Date.now());
    this.#parts.journal.record(this.turnId, [{ type: 'status', status: { state: 'starting' } }]);
  }

  /** Connects again and again: a stream that ends before the turn does is lost, not over. */
  async #followToTheEnd(): Promise<void> {
    let losses = 0;
    for (let cuts = 0; !this.#isOver; cuts += 1) {
      const before = this.#intake.cursor;
      const began = Date.now();
      try {
        await this.#follow(await this.#connect(), () => {
          losses = 0;
        });
      } catch (error) {
        if (error instanceof TurnError || this.#isComplete) throw error;
        this.#intake.flush(); // What came before: the turn may end as nobody can go on behind it.
        losses += 1;
        log('error', 'turn stream lost', { turnId: this.turnId, error });
      }
      if (losses > maxLosses)
        throw new TurnError(
          'sandbox_unreachable',
          'The sandbox cannot be reached any more; nobody can know how far it got.',
        );
      if (this.#intake.cursor > before || Date.now() - began > steadyMs) cuts = 0;
      if (!this.#isOver) await scheduler.wait(Math.min(100 * 2 ** cuts, 5000));
    }
  }

  /** The stream of the turn, from where it was read to. */
  async #connect(): Promise<ReadableStream<Uint8Array>> {
    return (await this.#handToLastBoot()) ?? (await this.#handToReadyBoot());
  }

  /**
   * Hands the turn to the boot that was ready last, without asking whether it is: one request instead of two. Where that
   * boot is gone, or refuses, the turn certainly did not run, and nothing was started for it.
   */
  async #handToLastBoot(): Promise<ReadableStream<Uint8Array> | undefined> {
    const { sandbox, turns, disk } = this.#parts;
    const { bootId } = disk;
    if (bootId === undefined || this.#turn.bootId !== undefined) return undefined;
    disk.changed();
    turns.change(this.turnId, { bootId });
    const response = await sandbox.chatWhereItRuns(this.#request(bootId));
    if (response?.ok && response.body) return this.#handedOver(response, response.body);
    const refusal = response && (await refusalOf(response));
    if (refusal && !(refusal instanceof ProblemError)) throw refusal; // Nobody knows how far it got.
    turns.change(this.turnId, { bootId: null });
    disk.unchanged();
    const { wantedStop } = this.#turn;
    if (wantedStop) this.#end(wantedStop); // Stopped meanwhile: nothing is started for it.
    return undefined;
  }

  async #handToReadyBoot(): Promise<ReadableStream<Uint8Array>> {
    const { sandbox, turns, disk } = this.#parts;
    const { bootId, activeTurnId } = await this.#ready();
    this.#stopped.signal.throwIfAborted();
    // A turn that is over for us: the object was restarted between its end and that of its work.
    if (activeTurnId !== undefined && activeTurnId !== this.#idInSandbox) await this.#interruptSandbox(activeTurnId);
    const { bootId: ownBoot, wantedStop, parkedCursor } = this.#turn;
    if (ownBoot === undefined && wantedStop) this.#end(wantedStop); // It was refused before, and is not wanted now.
    this.#stopped.signal.throwIfAborted();
    if (ownBoot === undefined) {
      disk.changed(); // Behind its restore: what is lost then is of others.
      turns.change(this.turnId, { bootId });
    } else if (ownBoot !== bootId) throw restarted();
    const response =
      this.#intake.cursor > parkedCursor
        ? await sandbox.turnEvents(this.#idInSandbox, this.#intake.cursor)
        : await sandbox.chat(this.#request(bootId));
    if (response.ok && response.body) return this.#handedOver(response, response.body);

    const refusal = await refusalOf(response);
    if (!(refusal instanceof ProblemError)) throw refusal;
    // Refused when it was first handed over, the turn certainly did not run: it may go to another boot.
    if (ownBoot === undefined) {
      turns.change(this.turnId, { bootId: null });
      disk.unchanged();
      if (refusal.code === 'turn_not_found') throw parkedTurnLost();
    } else if (refusal.code === 'boot_mismatch' || refusal.code === 'turn_not_found') throw restarted();
    throw final.has(refusal.code) ? new TurnError(refusal.code, refusal.message) : refusal;
  }

  #request(expectedBootId: string): SandboxChatRequest {
    const { session, turns, requests } = this.#parts;
    const resume = resumption(this.#turn, requests);
    return {
      turnId: this.#idInSandbox,
      sessionId: session.id,
      expectedBootId,
      agent: session.agent,
      agentOptions: session.agentOptions,
      permissionMode: session.permissionMode,
      requestTimeoutSeconds,
      messages: turns.messagesOf(this.turnId),
      ...(resume && { resume }),
    };
  }

  /** @throws TurnError where it is no stream: that would end again and again, and the turn never. */
  #handedOver({ headers }: Response, stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
    if (!headers.get('content-type')?.startsWith('text/event-stream'))
      throw new TurnError('sandbox_error', 'The sandbox answered what is no stream of events.');
    this.#parts.journal.handedOver(this.turnId);
    this.#isHandedOver = true;
    return stream;
  }

  /** Waits for the sandbox, or until the turn is stopped. */
  async #ready() {
    const stopped = Promise.withResolvers<never>();
    const onAbort = () => stopped.reject(new TurnError('interrupted', 'The turn was stopped.'));
    this.#stopped.signal.addEventListener('abort', onAbort);
    try {
      return await Promise.race([this.#parts.sandbox.ensure(this.#stopped.signal), stopped.promise]);
    } catch (error) {
      if (error instanceof ProblemError)
        throw new TurnError(error.code, error.message, this.#turn.bootId === undefined);
      throw error;
    } finally {
      this.#stopped.signal.removeEventListener('abort', onAbort);
    }
  }

  /** @param onLife is told once the stream brings anything at all. */
  async #follow(body: ReadableStream<Uint8Array>, onLife: () => void): Promise<void> {
    const batches = frameBatches(body, this.#stopped.signal);
    try {
      await this.deliverAnswers();
      if (this.#turn.wantedStop) await this.#interruptSandbox();
      for await (const frames of batches) {
        onLife();
        for (const frame of frames) this.#take(frame);
        if (this.#isParked || this.#stopped.signal.aborted) return; // Which is known without a query of the turn.
        this.#intake.flushSoon();
        await this.#sent();
      }
      this.#intake.flush();
    } finally {
      await batches.return(undefined);
      // Where it was never begun nobody has hung up, and an open body keeps its container awake.
      if (!body.locked) await body.cancel().catch(() => undefined);
    }
  }

  /** Lets readers be sent what was flushed before more is read: the next commit would hold it back as well. */
  async #sent(): Promise<void> {
    if (!this.#intake.storing) return;
    await this.#intake.storing;
    await scheduler.wait(0); // A turn of the event loop, in which it is sent.
  }

  /** Takes a frame, held against what the gateway knows. Behind the `complete` nothing is. */
  #take(frame: AgentFrame): void {
    const { cursor, from = cursor } = frame;
    if (this.#stopped.signal.aborted) return;
    if (from > this.#intake.cursor + 1) throw new TurnError('sandbox_error', 'The sandbox left out events.');
    if (frame.type === 'parked') {
      if (!this.#intake.isNew(frame)) throw untrusted('that it waits for what was answered');
      this.#park(cursor);
    } else if (frame.type === 'complete') {
      const { stopReason, usage } = frame.event;
      const { wantedStop } = this.#turn;
      if (stopReason === 'interrupted' && !wantedStop) {
        this.#intake.flush(); // What it said until its server was told to stop.
        throw restarted();
      }
      this.#end(wantedStop ?? stopReason, { usage });
    } else if (!this.#intake.isNew(frame)) {
      this.#intake.take(frame);
    } else if (frame.type === 'permission.requested') {
      const { event } = frame;
      // What was asked before is stored first, so that a second request of the same id is seen as such.
      this.#intake.flush();
      if (event.requestId.length > requestIdLimit) throw untrusted('a request of an endless name');
      if (this.#parts.requests.get(event.requestId)) throw untrusted('a request twice');
      if (this.#parts.requests.isFull)
        throw new TurnError('turn_too_large', 'The turn asks a person for more at once than anybody could answer.');
      const expiresAt = new Date(Date.now() + requestTimeoutSeconds * 1000).toISOString();
      this.#intake.take({ cursor, ...serialized({ ...event, expiresAt }) });
    } else if (frame.type === 'permission.resolved') {
      this.#intake.flush();
      this.#intake.take({ cursor, ...serialized(this.#resolved(frame.event)) });
    } else {
      if (frame.type === 'message' && frame.event.message.role === 'user') throw untrusted('words of the user');
      this.#intake.take(frame);
    }
  }

  /** The turn has no process any more, and waits: whoever brings the answer runs it from here on. */
  #park(cursor: number): void {
    this.#intake.flush();
    if (this.#parts.requests.unannounced(this.turnId).length !== 1) throw untrusted('that it waits for no answer');
    this.#isParked = true;
    this.#parts.turns.park(this.turnId, cursor);
    this.#parts.partials.clear();
    const { wantedStop } = this.#turn;
    if (wantedStop) this.#end(wantedStop);
  }

  /**
   * What the log says of an answer: what the gateway stored, or a denial as the turn is stopped, or its server is. A
   * person's answer stays one where the turn was stopped before its agent heard of it.
   *
   * @throws TurnError where nobody gave it: a sandbox cannot approve itself.
   */
  #resolved(event: Resolved): Resolved {
    const open = this.#parts.requests.unannounced(this.turnId).find(({ id }) => id === event.requestId);
    if (!open || !this.#isTrue(event, open)) throw untrusted('an answer that nobody gave');
    return resolution(open, this.#turn.wantedStop ? 'interrupt' : 'restart');
  }

  #isTrue(event: Resolved, open: RequestRecord): boolean {
    if (event.by === 'interrupt') return event.decision === 'deny'; // Its server may stop as an answer is on its way.
    return open.by === event.by && open.decision?.decision === event.decision && sameScope(open.decision, event);
  }

  async #interruptSandbox(turnId = this.#idInSandbox): Promise<boolean> {
    try {
      const response = await this.#parts.sandbox.interrupt(turnId);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  /** Gives the turn back to the Queue where it brought it, the sandbox did not start, and there are tries left. */
  #putBack(error: unknown): boolean {
    const { turns, outbox, journal } = this.#parts;
    const { bootId, wantedStop } = this.#turn;
    if (!(error instanceof TurnError) || error.code !== 'sandbox_unavailable' || bootId || wantedStop) return false;
    const waitMs = outbox.get(this.turnId) && outbox.putBack(this.turnId, Date.now());
    if (waitMs === undefined) return false;
    turns.change(this.turnId, { status: 'queued', startedAt: null });
    turns.stopClock(this.turnId, Date.now());
    const detail = `${error.message} It is tried again in ${waitMs / 1000} s.`;
    journal.record(this.turnId, [{ type: 'status', status: { state: 'queued', detail } }]);
    return true;
  }

  async #fail(error: unknown): Promise<void> {
    if (this.#isComplete) return;
    const { bootId, wantedStop } = this.#turn;
    if (bootId === undefined && wantedStop) return this.#end(wantedStop); // It never ran, and is not wanted any more.
    log('error', 'turn failed', { turnId: this.turnId, error });
    const failure =
      error instanceof TurnError ? error : new TurnError('internal_error', 'The turn failed on our side.');
    const { code, message, retryable } = failure;
    this.#end('error', { error: { type: 'error', code, message, retryable } });
    // Handed over and not ended by the sandbox itself, the turn may still run there, and nobody watches it.
    if (bootId === undefined || code === 'sandbox_restarted') return;
    // One that only said too much keeps its disk, where it stops.
    if (!excessive.has(code) || !(await this.#interruptSandbox())) await this.#destroySandbox();
  }

  /** Destroys it once. */
  #destroySandbox(): Promise<void> {
    this.#destroyed ??= this.#parts.sandbox
      .destroy()
      .catch((error) => log('error', 'sandbox not destroyed', { error }));
    return this.#destroyed;
  }

  /**
   * Ends the turn, whatever the sandbox still does: its open requests first, its `complete` last.
   *
   * @param how with what the sandbox says that the turn used; what the log knows of it where that says nothing any more.
   */
  #end(stopReason: StopReason, how: { error?: SessionEvent; usage?: Usage | undefined } = {}): void {
    if (this.#isComplete) return;
    const { error } = how;
    if (error) this.#intake.discard();
    else this.#intake.flush();
    const usage = how.usage ?? this.#turn.usage;
    const open = this.#parts.requests.unannounced(this.turnId);
    this.#parts.journal.record(this.turnId, [
      ...open.map((request) => resolution(request, stopReason === 'error' ? 'restart' : 'interrupt')),
      ...(error ? [error] : []),
      { type: 'complete', stopReason, ...(usage && { usage }) },
    ]);
    this.#parts.partials.clear();
    this.#stopped.abort();
  }
}

/** What a turn fails with that only said too much. */
const excessive: ReadonlySet<string> = new Set(['log_full', 'turn_too_large']);

/** Refusals that will not change, however often one asks. */
const final: ReadonlySet<string> = new Set<ProblemCode>([
  'invalid_request',
  'agent_unavailable',
  'unauthorized',
  'forbidden',
]);
