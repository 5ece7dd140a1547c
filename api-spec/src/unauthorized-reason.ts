import { z } from '@hono/zod-openapi';

/** Why a credential was not accepted: the `reason` of `unauthorized`. */
export const unauthorizedReasons = {
  missing: 'no credential was sent, or not as `Bearer`',
  malformed: 'it is none, or was mistyped',
  unknown: 'nobody was given it',
  revoked: 'it was revoked',
  expired: 'its time is over',
} as const;

export type UnauthorizedReason = keyof typeof unauthorizedReasons;

const reasons = Object.keys(unauthorizedReasons) as [UnauthorizedReason, ...UnauthorizedReason[]];

export const UnauthorizedReason = z.enum(reasons).openapi({
  description: `With \`unauthorized\`, why. ${reasons.map((reason) => `\`${reason}\`: ${unauthorizedReasons[reason]}.`).join(' ')}`,
  example: 'expired',
});
