import type { ErrorEvent } from '../types.ts';
import { SandgateError } from './sandgate-error.ts';

/** A turn ended in failure. Thrown where its output was asked for, never where its events are read. */
export class TurnError extends SandgateError {
  override readonly name: string = 'TurnError';
  /** The stable code to program against: `sandbox_restarted`. */
  readonly code: string | undefined;
  /** Whether a new turn may do better. */
  readonly retryable: boolean;

  constructor(event: ErrorEvent | undefined) {
    super(event?.message ?? 'The turn failed.');
    this.code = event?.code;
    this.retryable = event?.retryable ?? false;
  }
}
