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

/** The Queue could not bring the turn, or its sandbox did not start. It may be sent again, as it certainly never ran. */
export function notStarted(attempts: number): TurnError {
  return attempts > 0
    ? new TurnError(
        'sandbox_unavailable',
        `The sandbox did not start in ${attempts} attempts; the turn never ran.`,
        true,
      )
    : new TurnError('turn_not_started', 'The turn could not be brought to its sandbox; it never ran.', true);
}
