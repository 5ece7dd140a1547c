import { Sandgate } from '@sandgate/client';
import type { GatewayTarget } from './targets/gateway.ts';

/**
 * A caller who waits for as long as it takes, and asks once.
 *
 * @param maxRetries for what may take more than five minutes, after which Node's fetch gives up by itself.
 */
export function createClient(
  { stack: { url, apiKey } }: { stack: Pick<GatewayTarget['stack'], 'url' | 'apiKey'> },
  maxRetries = 0,
): Sandgate {
  return new Sandgate({ baseUrl: url, apiKey, timeoutMs: 3_600_000, maxRetries });
}
