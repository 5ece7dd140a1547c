import { createRoute, z } from '@hono/zod-openapi';
import { AuditAction, AuditPage } from '../audit.ts';
import { limit } from '../page.ts';
import { json, refusals } from '../route-parts.ts';
import { ofAccount, requires } from './route-parts.ts';

const time = (description: string) =>
  z.iso.datetime({ offset: true }).optional().openapi({ description, example: '2026-11-23T00:00:00Z' });

export const auditRoutes = {
  listAudit: createRoute({
    operationId: 'listAudit',
    method: 'get',
    path: '/v1/audit',
    tags: ['Account'],
    security: requires('audit:read'),
    summary: 'Read the audit log',
    description:
      'Who made, changed and ended the keys, sessions, tokens and webhooks of the account, the newest first, for 400 days; and who was refused it, up to 20 times a minute. What is done to a session is here within moments.',
    request: {
      query: z.object({
        action: z
          .enum(AuditAction.options)
          .optional()
          .openapi({ description: 'Only entries of this action.', example: 'deleteSession' }),
        targetId: z.string().max(255).optional().openapi({ description: 'Done to this.', example: 'build-42' }),
        actorId: z.string().max(255).optional().openapi({
          description: 'Done by this key or identity, or by a token of this session.',
          example: 'key_5x3vz6f7a2b4c6d8e9f1g2h3i4',
        }),
        since: time('Not before this time.'),
        until: time('Before this time.'),
        after: z.string().max(4096).optional().openapi({ description: 'The `nextCursor` of a page.', example: '42' }),
        limit,
      }),
    },
    responses: { 200: json(AuditPage, 'A page of entries.'), ...refusals(...ofAccount) },
  }),
};
