import { Sandgate } from '@sandgate/client';
import type { GatewayTarget } from './targets/gateway.ts';

/** A caller who waits for as long as it takes, and asks once. */
export function createClient({ stack: { url, apiKey } }: GatewayTarget): Sandgate {
  return new Sandgate({ baseUrl: url, apiKey, timeoutMs: 3_600_000, maxRetries: 0 });
}
