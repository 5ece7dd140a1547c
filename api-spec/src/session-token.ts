import { z } from '@hono/zod-openapi';
import { sessionScopes } from './access-scope.ts';

const scopes = z
  .array(z.enum(sessionScopes))
  .min(1)
  .max(sessionScopes.length)
  .refine((given) => new Set(given).size === given.length, 'Names one twice')
  .openapi({ description: 'What it may do in the session.', example: ['sessions:read', 'turns:write'] });

/** As a browser sends it in `Origin` (RFC 6454, section 6.2). */
const Origin = z
  .string()
  .max(255)
  .refine((text) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text, 'Not an origin')
  .openapi({ description: 'An origin.', example: 'https://app.example.com' });

const allowedOrigins = z
  .array(Origin)
  .max(16)
  .openapi({
    description:
      'The origins whose pages may use it; none unless told. Whoever is no page of a browser sends no origin, and is not asked for one.',
    example: ['https://app.example.com'],
  });

export const CreateSessionToken = z
  .strictObject({
    scopes,
    expiresInSeconds: z.int().min(1).max(3600).optional().openapi({
      description: 'How long it is valid, in seconds, up to an hour; 15 minutes unless told.',
      example: 900,
    }),
    allowedOrigins: allowedOrigins.optional(),
  })
  .openapi('CreateSessionToken', {
    description: 'A token for one session. It may do no more than the key that makes it.',
    example: { scopes: ['sessions:read', 'turns:write'], allowedOrigins: ['https://app.example.com'] },
  });
export type CreateSessionToken = z.infer<typeof CreateSessionToken>;

export const SessionToken = z
  .object({
    token: z.string().openapi({ description: 'The token, as a bearer.', example: 'sg_token_eyJ…' }),
    scopes,
    allowedOrigins,
    expiresAt: z.iso.datetime().openapi({ description: 'When it ends.', example: '2026-11-22T20:49:00.000Z' }),
  })
  .openapi('SessionToken', { description: 'A token for one session.' });
export type SessionToken = z.infer<typeof SessionToken>;
