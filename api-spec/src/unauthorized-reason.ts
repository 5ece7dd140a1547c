import { z } from '@hono/zod-openapi';

/** Why a credential was not accepted: the `reason` of `unauthorized`. */
export const unauthorizedReasons = {
  missing: 'no credential was sent, or not as `Bearer`',
  malformed: 'it is none, or was mistyped',
  unknown: 'nobody was given it',
  revoked: 'it was revoked',
  expired: 'its time is over',
  not_yet_valid: 'its time has not come',
  wrong_algorithm: 'it is signed in a way that is not accepted',
  unknown_signer: 'it names no key of the issuer',
  wrong_signature: 'it was not signed with the key that it names',
  wrong_issuer: 'it is of another issuer',
  wrong_audience: 'it is for another audience',
  wrong_claims: 'a claim that it needs is missing or of no use',
} as const;

export type UnauthorizedReason = keyof typeof unauthorizedReasons;

const reasons = Object.keys(unauthorizedReasons) as [UnauthorizedReason, ...UnauthorizedReason[]];

export const UnauthorizedReason = z.enum(reasons).openapi({
  description: `With \`unauthorized\`, why. ${reasons.map((reason) => `\`${reason}\`: ${unauthorizedReasons[reason]}.`).join(' ')}`,
  example: 'expired',
});
