import {
  type AgentOptions,
  type Budget,
  type DurableEvent,
  type EgressRule,
  ProblemError,
  type Session,
} from '@sandgate/api-spec';
import type { ForkPoint, LentObject, Loan } from '../disk/loans.ts';
import type { DiskStore } from '../disk/store.ts';
import type { SealedRule } from '../egress/sealed-rule.ts';
import type { SealedEnv } from '../sandbox/sealed-env.ts';
import type { EventLog, SegmentRow } from './event-log.ts';
import type { History, HistoryRow, HistoryTable } from './history.ts';
import type { Journal } from './journal.ts';
import type { Origin } from './origin.ts';
import type { RequestStore } from './request-store.ts';
import { linesOf } from './segment-text.ts';
import type { SessionStore } from './session-store.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

/** What a fork has from the session that it was forked from, unless told otherwise; secrets among it. */
export interface Inheritance {
  agent: Session['agent'];
  agentOptions: AgentOptions;
  permissionMode: Session['permissionMode'];
  metadata: Record<string, string>;
  idleTimeoutSeconds: number;
  env: Record<string, string>;
  budget: Budget | undefined;
  egress: EgressRule[];
  /** In Unix milliseconds. */
  expiresAt: number | undefined;
}

/** What of a session is secret, encrypted for it alone. */
export interface Sealed {
  egress: SealedRule[];
  env: SealedEnv;
}

/** All that a session says to the fork that asks. */
export interface Grant {
  inheritance: Inheritance;
  loan: Loan;
  objects: LentObject[];
}

/** The session that is forked. Each call may be made again, and answers the same. */
export interface ForkedSession {
  /** @throws ProblemError where it does not agree: then it keeps nothing of this. */
  lend(point: ForkPoint): Promise<Grant>;
  history(table: HistoryTable, after: number): Promise<HistoryRow[]>;
}

interface Parts {
  storage: DurableObjectStorage;
  sessionId: string;
  origin: Origin;
  from: ForkedSession;
  session: SessionStore;
  turns: TurnStore;
  requests: RequestStore;
  log: EventLog;
  history: History;
  journal: Journal;
  diskStore: DiskStore;
  /** Seals what is secret for this session alone. */
  seal: (secrets: Pick<Inheritance, 'egress' | 'env'>) => Promise<Sealed>;
  /** Told what is to be said of a disk that is older than the log. */
  onRewound: () => void;
}

/**
 * How a forked session comes to be. The other session agrees and lends what is stored of its disk, by reference; then its
 * log is copied, page by page. Each step is stored when it is done, and may be taken again: whenever it is broken off it
 * goes on there, and until the last there is no
 * session.
 */
export class Fork {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Goes on where it was broken off. Resolves once the session is there. */
  async make(): Promise<void> {
    const { origin } = this.#parts;
    if (origin.seq === undefined) await this.#ask();
    const seq = origin.seq as number;
    await this.#copy('segments', (rows) => this.#addSegments(rows, seq));
    await this.#copy('turns', (rows) => this.#addTurns(rows, seq));
    await this.#copy('requests', (rows) => this.#parts.history.add('requests', rows));
    this.#finish(seq); // In one step: nothing is awaited within.
  }

  async #ask(): Promise<void> {
    const { storage, origin, from, session, diskStore, log, seal } = this.#parts;
    const { body } = origin;
    const { inheritance, loan, objects } = await from.lend({ snapshotId: body.snapshotId, seq: body.seq });
    const sealed = await seal(inheritance);
    this.#requireWanted();
    storage.transactionSync(() => {
      session.inherit(inheritance, body, { ...sealed, ...(body.egress && { egress: body.egress }) });
      diskStore.borrow(loan, objects);
      origin.agree(loan);
    });
    log.reload();
  }

  async #copy(table: HistoryTable, add: (rows: HistoryRow[]) => void): Promise<void> {
    const { storage, from, history } = this.#parts;
    for (;;) {
      const rows = await from.history(table, history.last(table));
      this.#requireWanted();
      if (rows.length === 0) return;
      storage.transactionSync(() => add(rows));
    }
  }

  /** @throws ProblemError where it was deleted meanwhile: nothing is written to what is left. */
  #requireWanted(): void {
    if (this.#parts.session.get()?.deleted) throw new ProblemError('session_deleted', 'The fork was deleted.');
  }

  #addSegments(rows: HistoryRow[], seq: number): void {
    const { log, sessionId } = this.#parts;
    for (const row of rows as SegmentRow[]) {
      const { first_seq: first, turn_id: turnId } = row;
      const kept = linesOf(row).slice(0, seq - first + 1);
      log.adopt(
        first,
        turnId,
        kept.map((line) => inSession(line, sessionId)),
      );
    }
  }

  #addTurns(rows: HistoryRow[], seq: number): void {
    const { history, turns } = this.#parts;
    history.add(
      'turns',
      rows.map((row) => asOf(row, seq)),
    );
    turns.reload(); // They came past it.
  }

  #finish(seq: number): void {
    const { origin, session, turns, log, diskStore, onRewound } = this.#parts;
    if (log.head !== seq) log.clear(); // What was left of it went from the other log meanwhile.
    for (const turn of turns.open()) this.#end(turn);
    if (origin.isRewound) onRewound();
    session.setAsleep(diskStore.newest() !== undefined);
    origin.setMade();
  }

  /** A turn was queued when that disk was saved. In this session it never goes on, and nobody answers its requests. */
  #end({ id }: TurnRecord): void {
    const { requests, journal } = this.#parts;
    const [asked, resolved] = this.#told(id);
    requests.keep(id, asked);
    const open = asked.filter((requestId) => !resolved.includes(requestId));
    for (const requestId of open) requests.reopen(requestId);
    journal.record(id, [
      ...open.map((requestId) => ({
        type: 'permission.resolved' as const,
        requestId,
        decision: 'deny' as const,
        by: 'interrupt' as const,
      })),
      { type: 'complete', stopReason: 'interrupted' },
    ]);
  }

  /** Which requests the log says were asked in a turn, and which of them resolved. */
  #told(turnId: string): [asked: string[], resolved: string[]] {
    const { log } = this.#parts;
    const asked: string[] = [];
    const resolved: string[] = [];
    for (let chunk = log.read(0, turnId); chunk; chunk = log.read(chunk.lastSeq, turnId)) {
      for (const { type, json } of chunk.entries) {
        if (!type.startsWith('permission.')) continue;
        const event = JSON.parse(json) as DurableEvent;
        if (event.type === 'permission.requested') asked.push(event.requestId);
        if (event.type === 'permission.resolved') resolved.push(event.requestId);
      }
    }
    return [asked, resolved];
  }
}

/** The event of another session as one of this. Its envelope comes before all that anybody else wrote. */
export function inSession(json: string, sessionId: string): string {
  return json.replace(/"sessionId":"(?:[^"\\]|\\.)*"/, () => `"sessionId":${JSON.stringify(sessionId)}`);
}

/** A row of the turns as it was at an event: of what came later it knows nothing. */
export function asOf(row: HistoryRow, seq: number): HistoryRow {
  if (row.status === 'complete' && Number(row.last_seq) <= seq) return row;
  return {
    ...row,
    status: 'queued',
    ...{ started_at: null, completed_at: null, stop_reason: null, wanted_stop: null },
    ...{ output_text: null, spoke: 0, error: null, usage: null },
    ...{ deadline_left_ms: null, deadline_at: null, boot_id: null, stored_cursor: 0, resume_cursor: 0 },
  };
}
