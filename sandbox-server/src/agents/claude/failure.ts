import { AgentFailure } from '../../agent.ts';
import type { Result } from './messages.ts';

interface Kind {
  code: string;
  message: string;
  retryable?: true;
}

/** By the SDK's name of what went wrong. */
const kinds: Record<string, Kind> = {
  authentication_failed: { code: 'provider_unauthorized', message: 'The provider does not accept the key.' },
  oauth_org_not_allowed: { code: 'provider_unauthorized', message: 'The provider does not accept the key.' },
  billing_error: { code: 'provider_billing', message: 'The provider asks for payment.' },
  rate_limit: { code: 'provider_rate_limited', message: 'The provider limits the rate.', retryable: true },
  overloaded: { code: 'provider_overloaded', message: 'The provider is overloaded.', retryable: true },
  server_error: { code: 'provider_error', message: 'The provider failed.', retryable: true },
  model_not_found: { code: 'provider_rejected', message: 'The provider has no such model.' },
  invalid_request: { code: 'provider_rejected', message: 'The provider refuses the request.' },
  prompt_too_long: { code: 'context_overflow', message: 'The conversation is longer than the model can read.' },
};
/** The status is the surer sign, where there is one. */
const byStatus: Record<number, string> = {
  401: 'authentication_failed',
  403: 'authentication_failed',
  429: 'rate_limit',
  529: 'overloaded',
};
const unknown: Kind = { code: 'provider_error', message: 'The request to the model failed.' };
const detailLimit = 300;

/** Why a turn failed, of an SDK that says that it did. */
export function failureOf(
  { terminal_reason, api_error_status, errors = [] }: Result,
  said: { kind: string; text: string } | undefined,
): AgentFailure {
  const isTooLong = terminal_reason === 'prompt_too_long' || /^prompt is too long/i.test(said?.text ?? '');
  const { code, message, retryable } =
    kinds[isTooLong ? 'prompt_too_long' : (byStatus[api_error_status ?? 0] ?? said?.kind ?? '')] ?? unknown;
  const detail = (said?.text ?? errors.join(' ')).replace(/\s+/g, ' ').trim().slice(0, detailLimit);
  return new AgentFailure(code, detail ? `${message} It said: ${detail}` : message, { retryable: retryable ?? false });
}
