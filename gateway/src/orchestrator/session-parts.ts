import type { ProblemError, StopReason, Trace } from '@sandgate/api-spec';
import { Disk } from '../disk/disk.ts';
import { Loans } from '../disk/loans.ts';
import { rewound } from '../disk/rewound.ts';
import { DiskStore } from '../disk/store.ts';
import { EgressDesk } from '../egress/egress-desk.ts';
import { Ledger } from '../egress/ledger.ts';
import { ModelDesk } from '../egress/model-desk.ts';
import { Prices } from '../egress/prices.ts';
import { sealRules } from '../egress/sealed-rule.ts';
import type { Env } from '../env.ts';
import { sealEnv } from '../sandbox/sealed-env.ts';
import { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { orchestratorOf } from '../session-handle.ts';
import { DeliveryStore } from '../webhooks/delivery-store.ts';
import type { Alarm } from './alarm.ts';
import { AuditOutbox } from './audit-outbox.ts';
import { ContainerLog } from './container-log.ts';
import { Deletion } from './deletion.ts';
import { EventLog } from './event-log.ts';
import type { Feed } from './feed.ts';
import { Fork, type ForkedSession } from './fork.ts';
import { ForkAttempt } from './fork-attempt.ts';
import { Herald } from './herald.ts';
import { History } from './history.ts';
import { Journal } from './journal.ts';
import { Notices } from './notices.ts';
import { Origin } from './origin.ts';
import { Outbox } from './outbox.ts';
import type { Publisher } from './publisher.ts';
import { RequestStore } from './request-store.ts';
import { Retention } from './retention.ts';
import type { Schedule } from './schedule.ts';
import { SessionIndex } from './session-index.ts';
import { type SessionRecord, SessionStore } from './session-store.ts';
import { settled } from './settled.ts';
import { TokenGeneration } from './token-generation.ts';
import { TurnQueue } from './turn-queue.ts';
import { TurnReport } from './turn-report.ts';
import { type TurnRecord, TurnStore } from './turn-store.ts';

/** What an object has also where there is no session in it. */
interface Surroundings {
  ctx: DurableObjectState;
  env: Env;
  feed: Feed;
  alarm: Alarm;
  schedule: Schedule;
  publisher: Publisher;
  /** Told in the step in which a session that was only begun is gone again. */
  onUndone: () => void;
}

export type SessionParts = ReturnType<typeof sessionParts>;

/** What a session consists of, once it is created. */
export function sessionParts({ ctx, env, feed, alarm, schedule, publisher, onUndone }: Surroundings) {
  const { storage } = ctx;
  const { sql } = storage;
  const session = new SessionStore(sql);
  const { id, name, accountId } = session.get() as SessionRecord;
  const turns = new TurnStore(sql);
  const requests = new RequestStore(sql);
  const outbox = new Outbox(sql, Number(env.TURN_RETRY_SECONDS) * 1000);
  const notices = new Notices(sql, id);
  const stores = { session, turns, requests, outbox, notices };

  const log = new EventLog(sql);
  const retention = new Retention({ sessionId: id, log, turns, requests }, Number(env.SESSION_LOG_LIMIT_BYTES));
  const report = new TurnReport({ session, turns });
  const journal = new Journal(storage, id, { ...stores, log, feed, retention, report }, () => publisher.publishSoon());
  const recordFailure = ({ code, message }: ProblemError) =>
    journal.record(undefined, [{ type: 'error', code, message, retryable: false }]);

  const sandbox = (trace?: Trace) => new SessionSandbox(env, { ...session.sandboxSettings(), trace });
  const containerLog = new ContainerLog(sql);
  const diskStore = new DiskStore(storage, name);
  const recordRewind = () => recordFailure(rewound(diskStore.newest()));
  const lender = () => orchestratorOf(env, diskStore.lender ?? '');
  const loans = new Loans(storage);
  const disk = new Disk({
    bucket: env.DISKS,
    store: diskStore,
    loans,
    giveBack: (needed, isGone) => settled(lender().takeBack(name, needed, isGone)),
    sandbox,
    limits: { bytes: Number(env.SESSION_DISK_LIMIT_BYTES), entries: Number(env.SESSION_DISK_LIMIT_ENTRIES) },
    lastSeq: () => log.head,
    onPostponed: () => ctx.waitUntil(schedule.set()),
    onFailure: recordFailure,
    onLoss: recordRewind,
  });
  const send = (turnId: string) => env.TURNS.send({ session: name, turnId });
  const queue = new TurnQueue({ ...stores, journal, sandbox, disk, send });

  const ledger = new Ledger(storage);
  const prices = new Prices(env.MODEL_PRICES);
  const stop = (turn: TurnRecord, reason: StopReason) => {
    const stopped = queue.stop(turn, reason);
    ctx.waitUntil(stopped.catch(() => undefined)); // Also where whoever had it stopped is gone.
    return stopped;
  };
  const model = new ModelDesk({ session, turns, ledger, feed, prices, stop });
  const egress = new EgressDesk({ masterSecret: env.SANDBOX_MASTER_SECRET, session, turns, journal });

  const deliveries = new DeliveryStore(env.DB, accountId);
  const herald = new Herald({ notices, session, deliveries, send: (message) => env.WEBHOOKS.send(message) });
  const audit = new AuditOutbox(sql, session);
  const index = new SessionIndex(env.DB, { session, turns, requests, audit, deliveries });

  const origin = new Origin(sql);
  const history = new History(sql);
  const from: ForkedSession = {
    lend: (point) => settled(lender().lend(name, point)),
    history: (table, after) => settled(lender().history(name, table, after)),
  };
  const fork = new Fork({
    ...{ storage, sessionId: id, origin, from, session, turns, requests, log, history, journal, diskStore },
    seal: async (secrets) => ({
      egress: await sealRules(env.SANDBOX_MASTER_SECRET, name, secrets.egress),
      env: await sealEnv(env.SANDBOX_MASTER_SECRET, name, secrets.env),
    }),
    onRewound: recordRewind,
  });

  const deletion = new Deletion({
    ...{ storage, alarm, session, turns, log, notices, audit, queue, feed, sandbox, disk, diskStore, index, publisher },
  });
  const forkAttempt = new ForkAttempt({
    ...{ session, origin, fork, lender, deletion, schedule, publisher, onUndone },
  });
  const tokens = new TokenGeneration(storage.kv);

  return {
    ...{ ...stores, log, retention, report, journal, queue, sandbox, containerLog, diskStore, loans, disk },
    ...{ ledger, model, egress, audit, index, herald, origin, history, forkAttempt, deletion, tokens },
  };
}
