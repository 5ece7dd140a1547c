import type { UnauthorizedReason } from '@sandgate/api-spec';
import { errors } from 'jose';

const claims: Record<string, { reason: UnauthorizedReason; detail: string }> = {
  nbf: { reason: 'not_yet_valid', detail: 'The token is not valid yet.' },
  iss: { reason: 'wrong_issuer', detail: 'The token is of another issuer.' },
  aud: { reason: 'wrong_audience', detail: 'The token is for another audience.' },
};

/** What a refused token is told; undefined where it was not the token that failed. */
export function refusalOf(error: unknown): { reason: UnauthorizedReason; detail: string } | undefined {
  if (error instanceof errors.JWTExpired) return { reason: 'expired', detail: 'The token has expired.' };
  if (error instanceof errors.JWTClaimValidationFailed)
    return claims[error.claim] ?? { reason: 'wrong_claims', detail: `The token lacks a usable claim ${error.claim}.` };
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
    return { reason: 'wrong_algorithm', detail: 'The token is signed in a way that is not accepted here.' };
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return { reason: 'unknown_signer', detail: 'The token names no key of its issuer.' };
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return { reason: 'wrong_signature', detail: 'The signature of the token is wrong.' };
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid)
    return { reason: 'malformed', detail: 'The token could not be read.' };
  return undefined;
}
