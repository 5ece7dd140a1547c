import type { StopReason } from '@sandgate/api-spec';

/**
 * All that a line of the log may say. Names, codes, counts and times: what a caller, an agent or a file says fits in
 * nowhere.
 */
export interface LogFields {
  requestId?: string | undefined;
  traceId?: string | undefined;
  accountId?: string | undefined;
  /** The key, the token or the identity that asks. */
  keyId?: string | undefined;
  sessionId?: string | undefined;
  /** The name of the session's objects: see `sessionName`. */
  sandbox?: string | undefined;
  turnId?: string | undefined;
  /** The operation of the contract, and the pattern of its path. */
  operation?: string | undefined;
  route?: string | undefined;
  method?: string | undefined;
  status?: number | undefined;
  /** Of a problem, or of the error that a turn ended with. */
  code?: string | undefined;
  stopReason?: StopReason | undefined;
  durationMs?: number | undefined;
  /** What took how long, in milliseconds. */
  phases?: Record<string, number> | undefined;
  exitCode?: number | undefined;
  messageId?: string | undefined;
  /** Of an event for webhooks. */
  eventId?: string | undefined;
  error?: unknown;
}

export type LogLevel = 'info' | 'warn' | 'error';

/** One line of JSON, so that no text in it begins another. */
export function log(level: LogLevel, message: string, { error, ...fields }: LogFields = {}): void {
  const { sessionId } = fields;
  const line = {
    time: new Date().toISOString(),
    level,
    message,
    ...fields,
    ...(sessionId !== undefined && { sessionId: withoutCredential(sessionId) }),
    ...(error !== undefined && errorFields(error)),
  };
  console[level](JSON.stringify(line));
}

/** Somebody put a credential where an id belongs. */
export function withoutCredential(id: string): string {
  return /sg_(live|local|token)_|^eyJ/.test(id) ? '[credential]' : id;
}

/** The longest message that is kept, in UTF-16 units. */
const longestMessage = 300;

/**
 * What may be told of an error. One with a code is told by that: its message is made for somebody who asked, and quotes
 * him. So do those of parsers and validators.
 */
function errorFields(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, message, stack = '' } = error;
  const { code } = error as { code?: unknown };
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const quotes = name === 'SyntaxError' || name.endsWith('ZodError');
  const told = typeof code === 'string' ? code : quotes ? undefined : message.slice(0, longestMessage);
  return {
    error: told ? `${name}: ${told}` : name,
    ...(frames.length > 0 && { stack: frames.join('\n') }),
  };
}
