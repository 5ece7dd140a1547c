import type { LogLine } from '@sandgate/api-spec';

/** The longest line, in UTF-16 units. */
const longest = 1024;

/** What the gateway has to say of a container, for its logs. */
export function gatewayLine(text: string): LogLine {
  return { at: new Date().toISOString(), source: 'gateway', text: text.slice(0, longest).toWellFormed() };
}
