import { z } from '@hono/zod-openapi';
import { PermissionRequest } from './agent-event.ts';
import { Decision, ResolvedBy, Scope } from './decision.ts';
import { page } from './page.ts';

/** A question to a person, as a resource. */
export const Request = z
  .object({
    ...PermissionRequest.shape,
    turnId: z.string().openapi({ description: 'The turn that asks.', example: 'turn_01' }),
    status: z.enum(['open', 'resolved']).openapi({ description: 'Whether it still waits.', example: 'open' }),
    createdAt: z.iso.datetime().openapi({ description: 'When it was asked.', example: '2026-11-22T20:34:00.000Z' }),
    resolvedAt: z.iso
      .datetime()
      .optional()
      .openapi({ description: 'When it was resolved.', example: '2026-11-22T20:35:00.000Z' }),
    decision: Decision.optional(),
    scope: Scope.optional(),
    by: ResolvedBy.optional(),
  })
  .openapi('Request', {
    description: 'A question to a person.',
    example: {
      requestId: 'perm_01',
      kind: 'permission',
      toolCallId: 'call_01',
      tool: 'shell',
      title: 'Run a shell script',
      input: { script: 'cat hello.txt' },
      options: [
        { id: 'allow', scope: 'once' },
        { id: 'allow', scope: 'session' },
        { id: 'deny', scope: 'once' },
      ],
      expiresAt: '2026-11-29T20:34:00.000Z',
      turnId: 'turn_01',
      status: 'open',
      createdAt: '2026-11-22T20:34:00.000Z',
    },
  });
export type Request = z.infer<typeof Request>;

export const RequestPage = page('RequestPage', Request);

export const ResumeResult = z
  .object({
    request: Request,
    turnId: z.string().openapi({ description: 'The turn that goes on.', example: 'turn_01' }),
  })
  .openapi('ResumeResult', { description: 'The stored answer.' });
export type ResumeResult = z.infer<typeof ResumeResult>;
