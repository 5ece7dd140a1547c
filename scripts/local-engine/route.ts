import type { ServerResponse } from 'node:http';
import type { Engine } from './engine.ts';

export interface Call {
  engine: Engine;
  /** The parts of the path that a route's pattern captured. */
  params: string[];
  query: URLSearchParams;
  body: Buffer;
}

/** A body is sent as JSON, a buffer as it is; `write` sends what is neither. */
export type Answer = { status: number; body?: unknown; write?: (response: ServerResponse) => void };

/** Of all that has no terminal: frames, see output.ts. */
export const STREAM_TYPE = 'application/vnd.docker.multiplexed-stream';

export function parseEnvironment(entries: readonly string[]): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const entry of entries) {
    const at = entry.indexOf('=');
    if (at > 0) environment[entry.slice(0, at)] = entry.slice(at + 1);
  }
  return environment;
}
