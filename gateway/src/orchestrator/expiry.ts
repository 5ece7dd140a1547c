import { ProblemError } from '@sandgate/api-spec';
import type { SessionRecord } from './session-store.ts';

/** How far ahead a session may expire, in milliseconds: ten years. */
const farthestMs = 10 * 365.25 * 24 * 60 * 60 * 1000;

/** Whether the session's time is over, also where nobody has deleted it yet. */
export function isExpired({ expiresAt }: SessionRecord): boolean {
  return expiresAt !== undefined && expiresAt <= Date.now();
}

/** @throws ProblemError where it is not in the future, or too far in it. */
export function checkExpiry(expiresAt: string | undefined): void {
  if (expiresAt === undefined) return;
  const inMs = Date.parse(expiresAt) - Date.now();
  if (inMs > 0 && inMs <= farthestMs) return;
  const message = inMs > 0 ? 'More than ten years ahead' : 'Not in the future';
  throw new ProblemError('invalid_request', `expiresAt: ${message}`, { errors: [{ path: 'expiresAt', message }] });
}
