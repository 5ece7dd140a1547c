import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Wire } from './wire.ts';

/** A stream to read. */
export interface Order {
  wire: Wire;
  /** Whether the age of each event is noted as it arrives. */
  timesEach?: boolean;
  /** Whether nothing is read behind the head. */
  isStuck?: boolean;
}

/** What one stream brought. Times are microseconds of the machine's monotonic clock. */
export interface Reading {
  began: number;
  /** When the agent's first event came; 0 where none did. */
  first: number;
  /** When the agent made it. */
  made: number;
  end: number;
  bytes: number;
  status: number;
  /** Whether it ended with a `complete`. */
  isComplete: boolean;
  /** Why it ended, where it was cut. */
  error?: string;
  /** What came last, as it came over the wire, where it ended without a `complete`. */
  last?: string;
  /** The age of each event as it arrived, in microseconds. */
  lags: number[];
}

export type Report = { type: 'attached' } | { type: 'read'; readings: Reading[] };

export interface ReadersAtWork {
  /** Resolves once each stream has brought its head. */
  attached: Promise<void>;
  /** Resolves once each has ended. */
  read: Promise<Reading[]>;
  hangUp(): void;
}

/** Reads all of these at once, in a process of its own: the reader takes no time from whoever measures. */
export function readers(orders: Order[]): ReadersAtWork {
  const child: ChildProcess = fork(join(import.meta.dirname, 'reader.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const attached = Promise.withResolvers<void>();
  const read = Promise.withResolvers<Reading[]>();
  read.promise.catch(() => undefined);
  attached.promise.catch(() => undefined);
  child.on('message', (report: Report) => {
    if (report.type === 'attached') return attached.resolve();
    read.resolve(report.readings);
    child.disconnect();
  });
  child.once('exit', () => {
    const error = new Error('The readers ended early.');
    attached.reject(error);
    read.reject(error);
  });
  once(child, 'spawn').then(() => child.send(orders));
  return { attached: attached.promise, read: read.promise, hangUp: () => void (child.connected && child.disconnect()) };
}

/** Reads all to their ends. @throws where one did not come to its `complete`. */
export async function readAll(orders: Order[]): Promise<Reading[]> {
  const readings = await readers(orders).read;
  const broken = readings.find(({ isComplete }) => !isComplete);
  if (broken) throw new Error(`A stream ended without a complete: ${JSON.stringify({ ...broken, lags: undefined })}`);
  return readings;
}
