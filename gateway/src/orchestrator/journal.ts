import type { ResumeRequest } from '@sandgate/api-spec';
import { chunksOf } from './chunk.ts';
import type { Entry, Serialized, SessionEvent } from './entry.ts';
import { enveloped, isDurable, serialized } from './entry.ts';
import type { EventLog } from './event-log.ts';
import type { Feed } from './feed.ts';
import type { Notices } from './notices.ts';
import type { Outbox } from './outbox.ts';
import type { RequestRecord, RequestStore } from './request-store.ts';
import type { Retention } from './retention.ts';
import type { TurnReport } from './turn-report.ts';
import type { TurnRecord, TurnStore, UpstreamCursors } from './turn-store.ts';

/** How much of the output a turn shows by itself, in UTF-16 units; the log has all. */
const outputTextLimit = 64 * 1024;

/** How much of a tool's name a webhook is told, in UTF-16 units: it is the sandbox's to choose. */
const toolNameLimit = 255;

/** How long readers have to be sent what is stored, in milliseconds. */
const sendMs = 10;

/** With what a turn begins to wait, goes on, or ends. */
const turnChanges: ReadonlySet<string> = new Set<SessionEvent['type']>([
  'permission.requested',
  'permission.resolved',
  'complete',
]);

/** Whether a turn began or was put back, which is ours to say. */
const isBeginning = (event: SessionEvent) =>
  event.type === 'status' && ['queued', 'starting'].includes(event.status.state);

/**
 * The one way by which anything happens in a session: events are stored together with all that follows from them, in
 * one transaction, and only then shown.
 */
export class Journal {
  readonly #storage: DurableObjectStorage;
  readonly #sessionId: string;
  readonly #log: EventLog;
  readonly #feed: Feed;
  readonly #turns: TurnStore;
  readonly #requests: RequestStore;
  readonly #outbox: Outbox;
  readonly #notices: Notices;
  readonly #retention: Retention;
  readonly #report: TurnReport | undefined;
  readonly #onTurnChange: () => void;

  /** @param onTurnChange is told when a turn began or was put back, began to wait, went on, or ended. */
  constructor(
    storage: DurableObjectStorage,
    sessionId: string,
    parts: {
      log: EventLog;
      feed: Feed;
      turns: TurnStore;
      requests: RequestStore;
      outbox: Outbox;
      notices: Notices;
      retention: Retention;
      report?: TurnReport;
    },
    onTurnChange: () => void,
  ) {
    this.#storage = storage;
    this.#sessionId = sessionId;
    this.#log = parts.log;
    this.#feed = parts.feed;
    this.#turns = parts.turns;
    this.#requests = parts.requests;
    this.#outbox = parts.outbox;
    this.#notices = parts.notices;
    this.#retention = parts.retention;
    this.#report = parts.report;
    this.#onTurnChange = onTurnChange;
  }

  /** Records what we say ourselves: events of a turn, or of the session where no turn is given. */
  record(turnId: string | undefined, events: SessionEvent[]): void {
    this.#record(turnId, events.map(serialized));
    if (turnId === undefined) return;
    if (events.some((event) => isBeginning(event) || turnChanges.has(event.type))) this.#onTurnChange();
  }

  /**
   * Takes what a sandbox says in a turn.
   *
   * @param cursors how far its stream was read with it, stored in the same transaction.
   */
  take(turnId: string, events: Serialized<SessionEvent>[], cursors: UpstreamCursors): void {
    this.#record(turnId, events, cursors);
    if (events.some(({ type }) => turnChanges.has(type))) this.#onTurnChange();
  }

  #record(turnId: string | undefined, events: Serialized<SessionEvent>[], cursors?: UpstreamCursors): void {
    const now = new Date();
    const entries = this.#entries(turnId, events, now.toISOString());
    const durable = entries.filter((entry) => entry.seq !== undefined);
    const chunks = chunksOf(entries);
    if (durable.length > 0) {
      // What we say ourselves, a turn's end above all, is always taken.
      if (cursors && turnId !== undefined) this.#retention.checkRoom(turnId);
      const stored = durable.length === entries.length ? chunks : chunksOf(durable);
      this.#commit(() => {
        for (const chunk of stored) this.#log.append(chunk);
        if (turnId !== undefined) {
          for (const event of events) this.#project(turnId, event, now);
          const [firstSeq, lastSeq] = [this.#log.head - durable.length + 1, this.#log.head];
          this.#turns.extend(turnId, firstSeq, lastSeq, cursors);
        }
        this.#retention.enforce(now.getTime());
      });
    }
    this.#feed.publish(chunks);
    if (turnId !== undefined) this.#report?.happened(turnId, events);
  }

  /** Resolves once all that was recorded is stored for good. */
  stored(): Promise<void> {
    return this.#storage.sync();
  }

  /** Resolves once all is stored, and readers could be sent it: whatever is done next takes the one thread for itself. */
  async shown(): Promise<void> {
    await this.#storage.sync();
    await scheduler.wait(sendMs);
  }

  /** Stores a person's answer (or the deadline's) before anybody acts on it. */
  answer(request: RequestRecord, decision: ResumeRequest, by: 'user' | 'timeout'): void {
    const at = new Date();
    this.#commit(() => {
      this.#requests.resolve(request.id, decision, by, at.toISOString());
      this.#goOn(request.turnId, at.getTime());
    });
    this.#feed.publish([]); // Whoever waits for the turn looks again.
    this.#onTurnChange();
  }

  /** The sandbox has the turn: the Queue has nothing more to do with it. */
  handedOver(turnId: string): void {
    this.#report?.handedOver(turnId);
    if (!this.#outbox.get(turnId)) return;
    this.#outbox.remove(turnId);
    this.#feed.publish([]); // The Queue's consumer waits for this.
  }

  /** Shows what is not stored. */
  show(turnId: string, events: SessionEvent[]): void {
    const told = events.map(serialized);
    this.#feed.publish(chunksOf(this.#entries(turnId, told, new Date().toISOString())));
    this.#report?.happened(turnId, told);
  }

  /** The event as it is sent to one reader alone. */
  transientEntries(turnId: string, events: SessionEvent[]): Entry[] {
    return this.#entries(turnId, events.map(serialized), new Date().toISOString());
  }

  /** All of it, or nothing. */
  #commit(change: () => void): void {
    try {
      this.#storage.transactionSync(change);
    } catch (error) {
      this.#log.reload();
      this.#turns.reload();
      throw error;
    }
  }

  #entries(turnId: string | undefined, events: Serialized<SessionEvent>[], at: string): Entry[] {
    // What is the same in each envelope is written once: to build each as an object costs as much as to read the event.
    const envelope = JSON.stringify({ at, sessionId: this.#sessionId, turnId }).slice(1, -1);
    let seq = this.#log.head;
    return events.map((event): Entry => {
      const { type } = event;
      if (!isDurable(event)) return { turnId, type, json: enveloped(event, envelope) };
      seq += 1;
      return { seq, turnId, type, json: enveloped(event, `"seq":${seq},${envelope}`) };
    });
  }

  /** A turn that waits for nobody any more works on, and its clock runs. */
  #goOn(turnId: string, now: number): void {
    if (this.#turns.get(turnId)?.status !== 'waiting' || this.#requests.openOf(turnId).length > 0) return;
    this.#turns.change(turnId, { status: 'running' });
    this.#turns.startClock(turnId, now);
  }

  /** What an event means for its turn and its requests. Most mean nothing, and cost nothing. */
  #project(turnId: string, told: Serialized<SessionEvent>, at: Date): void {
    if (told.type === 'message' && told.event.message.role === 'assistant') {
      const text = told.event.message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
      this.#turns.change(turnId, { outputText: text.slice(0, outputTextLimit), spoke: 1 });
    } else if (told.type === 'tool.result') {
      if (!this.#turns.get(turnId)?.spoke)
        this.#turns.change(turnId, { outputText: told.event.output.slice(0, outputTextLimit) });
    } else if (told.type === 'permission.requested') {
      const { type: _, ...question } = told.event;
      this.#requests.add(turnId, question, at.toISOString());
      this.#turns.change(turnId, { status: 'waiting' });
      this.#turns.stopClock(turnId, at.getTime());
      const { requestId, kind, tool, expiresAt } = question;
      const notice = { turnId, requestId, kind, tool: tool.slice(0, toolNameLimit), expiresAt };
      this.#notices.add('permission.requested', notice, at);
    } else if (told.type === 'permission.resolved') {
      const { event } = told;
      const request = this.#requests.get(event.requestId);
      if (request && !request.by) this.#requests.resolve(event.requestId, event, event.by, at.toISOString());
      this.#requests.announce(event.requestId);
      this.#goOn(turnId, at.getTime());
    } else if (told.type === 'usage') {
      const { type: _, ...usage } = told.event;
      this.#turns.change(turnId, { usage: added(this.#turns.get(turnId)?.usage, usage) });
    } else if (told.type === 'error') {
      const { type: _, ...error } = told.event;
      this.#turns.change(turnId, { error });
    } else if (told.type === 'complete') {
      const { stopReason, usage } = told.event;
      this.#turns.stopClock(turnId, at.getTime());
      this.#outbox.remove(turnId);
      this.#notices.add('turn.completed', { turnId, stopReason }, at);
      this.#turns.change(turnId, {
        status: 'complete',
        stopReason,
        completedAt: at.toISOString(),
        messages: [],
        ...(usage && { usage }),
      });
    }
  }
}

type Usage = NonNullable<TurnRecord['usage']>;

function added(before: Usage | undefined, more: Usage): Usage {
  const costUsd = (before?.costUsd ?? 0) + (more.costUsd ?? 0);
  return {
    inputTokens: (before?.inputTokens ?? 0) + more.inputTokens,
    outputTokens: (before?.outputTokens ?? 0) + more.outputTokens,
    ...(costUsd > 0 && { costUsd }),
  };
}
