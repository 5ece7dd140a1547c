import { z } from '@hono/zod-openapi';
import type { AccessScope, sessionScopes } from '../access-scope.ts';
import { SessionId } from '../session.ts';
import { TurnId } from '../turn.ts';

/** The scope that a route needs: said here once, enforced by the gateway for every route. */
export const requires = (scope: AccessScope) => [{ bearerKey: [scope] }];
/** The same, where a token of the session that the route is about will do, too. */
export const requiresInSession = (scope: (typeof sessionScopes)[number]): Record<string, string[]>[] => [
  { bearerKey: [scope] },
  { sessionToken: [scope] },
];

export const sessionParams = z.object({ sessionId: SessionId });
export const turnParams = z.object({ sessionId: SessionId, turnId: TurnId });

export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(1).max(255).optional().openapi({
    description:
      'A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began.',
    example: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  }),
});

/** What every route with a key may refuse. */
export const ofAccount = [
  'invalid_request',
  'unauthorized',
  'insufficient_scope',
  'rate_limited',
  'headers_too_large',
  'identity_provider_unavailable',
  'restarting',
] as const;
/** What every route of a session may refuse. */
export const ofSession = [...ofAccount, 'session_not_found', 'origin_not_allowed'] as const;
/** What every route with a JSON body may refuse. */
export const withJson = ['malformed_json', 'unsupported_media_type', 'payload_too_large'] as const;
/** What every route that needs the sandbox may refuse. */
export const withSandbox = ['sandbox_error', 'sandbox_unavailable'] as const;
