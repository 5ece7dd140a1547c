import { z } from '@hono/zod-openapi';
import { page } from './page.ts';

/** What is written down: the administration of keys, sessions and webhooks. */
export const auditActions = [
  'createKey',
  'rotateKey',
  'revokeKey',
  'createSession',
  'fork',
  'updateSession',
  'deleteSession',
  'expireSession',
  'createSessionToken',
  'revokeSessionTokens',
  'createWebhook',
  'updateWebhook',
  'deleteWebhook',
  'rotateWebhookSecret',
] as const;

export const AuditAction = z.enum(auditActions).openapi('AuditAction', {
  description:
    'What was done: the operation, or `expireSession` where a session came to its end by itself. A webhook that the gateway disabled is `updateWebhook`.',
  example: 'createKey',
});
export type AuditAction = z.infer<typeof AuditAction>;

export const AuditActor = z
  .object({
    type: z.enum(['key', 'identity', 'sessionToken', 'gateway']).openapi({
      description:
        'A key, an identity of the issuer that the server trusts, whoever has a token of a session, or the gateway by itself.',
      example: 'key',
    }),
    id: z.string().optional().openapi({
      description: 'The key, the id that stands for the identity, or the session of the token.',
      example: 'key_5x3vz6f7a2b4c6d8e9',
    }),
    subject: z.string().optional().openapi({ description: 'The `sub` of the identity.', example: 'ada@example.com' }),
  })
  .openapi('AuditActor', { description: 'Who did it.' });
export type AuditActor = z.infer<typeof AuditActor>;

export const AuditEntry = z
  .object({
    id: z.string().openapi({ description: 'The entry.', example: 'audit_8f14e45fceea167a5a36dedd4bea2543' }),
    at: z.iso.datetime().openapi({ description: 'When.', example: '2026-11-23T12:34:56.789Z' }),
    action: AuditAction,
    actor: AuditActor,
    target: z
      .object({
        type: z.enum(['key', 'session', 'webhook']).openapi({ description: 'Which kind of thing.', example: 'key' }),
        id: z.string().optional().openapi({
          description: 'Which; absent where it was refused before there was one.',
          example: 'key_5x3vz6f7a2b4c6d8e9f1g2h3i4',
        }),
      })
      .openapi('AuditTarget', { description: 'What it was done to.' }),
    fields: z
      .array(z.string())
      .optional()
      .openapi({ description: 'What was set, by its names: never the values.', example: ['permissionMode'] }),
    outcome: z.enum(['succeeded', 'refused']).openapi({
      description: 'Whether it was done, or refused to somebody who may not.',
      example: 'succeeded',
    }),
    code: z.string().optional().openapi({ description: 'Why it was refused.', example: 'insufficient_scope' }),
    requestId: z.string().optional().openapi({ description: 'In which request.', example: 'req_8f14e45fceea167a' }),
  })
  .openapi('AuditEntry', { description: 'One act of administration.' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = page('AuditPage', AuditEntry);
