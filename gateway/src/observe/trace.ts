import { readTraceparent, type Trace } from '@sandgate/api-spec';

/** A span of our own: in the trace that the caller names, or in one that begins here. */
export function traceBehind(header: string | null | undefined): Trace {
  const asked = readTraceparent(header);
  return {
    traceId: asked?.traceId ?? randomId(16),
    spanId: randomId(8),
    isSampled: asked?.isSampled ?? true,
  };
}

function randomId(bytes: number): string {
  return crypto.getRandomValues(new Uint8Array(bytes)).toHex();
}
