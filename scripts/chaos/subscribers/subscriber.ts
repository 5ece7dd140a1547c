import type { Record } from '../record.ts';

/** Where the streams are, and the key to them. */
export interface Door {
  url: string;
  apiKey: string;
}

/** Reads a stream through every cut until it is told to stop, or the stream is over. Fills the record. */
export type Subscribe = (door: Door, record: Record, signal: AbortSignal) => Promise<void>;
