import type { DurableEvent, HistoryMessage, Session, SessionStatus, Turn } from '@sandgate/api-spec';
import type { DiskStore } from '../disk/store.ts';
import type { Ledger } from '../egress/ledger.ts';
import { shownRules } from '../egress/sealed-rule.ts';
import type { EventLog } from './event-log.ts';
import type { Origin } from './origin.ts';
import type { RequestStore } from './request-store.ts';
import type { SessionRecord } from './session-store.ts';
import type { TurnRecord, TurnStore } from './turn-store.ts';

interface Parts {
  turns: TurnStore;
  requests: RequestStore;
  log: EventLog;
  diskStore: DiskStore;
  origin: Origin;
  ledger: Ledger;
}

/** A turn as callers see it. */
export function turnResource(record: TurnRecord, session: SessionRecord, { requests }: Pick<Parts, 'requests'>): Turn {
  const {
    ordinal,
    bodyDigest,
    spoke,
    wantedStop,
    deadlineAt,
    bootId,
    storedCursor,
    resumeCursor,
    parkedCursor,
    trace,
    ...turn
  } = record;
  const openRequests = requests.openOf(record.id).map(({ resource }) => resource);
  return { ...turn, sessionId: session.id, openRequests };
}

/** A message of the log as callers see it. */
export function messageResource(event: Extract<DurableEvent, { type: 'message' }>): HistoryMessage {
  const { message, turnId = '', seq, at } = event;
  return { ...message, turnId, seq, at };
}

/** A session as callers see it: its secrets stay out. */
export function sessionResource(
  record: SessionRecord,
  status: SessionStatus,
  { turns, requests, log, diskStore, origin, ledger }: Parts,
): Session {
  const {
    id,
    agent,
    agentOptions,
    permissionMode,
    metadata,
    idleTimeoutSeconds,
    createdAt,
    expiresAt,
    egress,
    budget,
  } = record;
  const save = diskStore.newest();
  const forkedFrom = origin.resource;
  const activeTurnId = turns.active()?.id;
  return {
    id,
    status,
    agent,
    agentOptions,
    permissionMode,
    metadata,
    idleTimeoutSeconds,
    createdAt,
    ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(activeTurnId !== undefined && { activeTurnId }),
    queuedTurnIds: turns.open().flatMap((turn) => (turn.status === 'queued' ? [turn.id] : [])),
    openRequests: requests.open(),
    firstSeq: log.first,
    lastSeq: log.head,
    egress: shownRules(egress),
    ...(budget && { budget }),
    usage: ledger.usage(),
    ...(save && { disk: { savedAt: save.at, seq: save.seq, entries: save.entries, bytes: save.bytes } }),
    ...(forkedFrom && { forkedFrom }),
  };
}
