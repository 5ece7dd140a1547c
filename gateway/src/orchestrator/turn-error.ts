/** Why a turn failed, as its `error` event says it. */
export class TurnError extends Error {
  override readonly name = 'TurnError';
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable = false) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}

export function restarted(): TurnError {
  return new TurnError(
    'sandbox_restarted',
    'The sandbox was restarted while the turn ran; nobody can know how far it got. It is not run again.',
  );
}

/** The sandbox reported what cannot be: its server is not, or is no longer, ours. */
export function untrusted(what: string): TurnError {
  return new TurnError('sandbox_untrusted', `The sandbox reported ${what}; it was destroyed.`);
}
