import { z } from '@hono/zod-openapi';

const counted = {
  keys: z.int().min(0).openapi({ description: 'Keys that are not revoked.', example: 3 }),
  webhooks: z.int().min(0).openapi({ description: 'Webhooks.', example: 1 }),
  concurrentTurns: z.int().min(0).openapi({ description: 'Sessions with a turn that is not complete.', example: 2 }),
  sessions: z.int().min(0).openapi({ description: 'Sessions that are not deleted.', example: 12 }),
};

export const Account = z
  .object({
    id: z.string().openapi({ description: 'The account.', example: 'acct_first' }),
    createdAt: z.iso.datetime().openapi({ description: 'When it was made.', example: '2026-11-22T20:34:00.000Z' }),
    limits: z
      .object({
        ...counted,
        requests: z
          .object({
            quota: z.int().min(1).openapi({ description: 'Requests of one key in a window.', example: 1000 }),
            windowSeconds: z.int().min(1).openapi({ description: 'The window, in seconds.', example: 10 }),
          })
          .openapi('RequestLimit', { description: 'How many requests a key may make, as `RateLimit-Policy` says it.' }),
      })
      .openapi('AccountLimits', { description: 'The most that the account may have.' }),
    usage: z.object(counted).openapi('AccountUsage', { description: 'What the account has now.' }),
  })
  .openapi('Account', { description: 'Whose key it is.' });
export type Account = z.infer<typeof Account>;
