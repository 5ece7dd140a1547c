import { z } from '@hono/zod-openapi';

const tokens = (description: string, example: number) => z.int().min(0).openapi({ description, example });
const limit = (description: string, example: number) => z.int().min(1).optional().openapi({ description, example });

export const ModelUsage = z
  .object({
    inputTokens: tokens('Tokens read by the model, those of its cache included.', 1200),
    outputTokens: tokens('Tokens written by the model.', 340),
    cacheReadTokens: tokens('Of the tokens read: those that came from the cache.', 800),
    cacheWriteTokens: tokens('Of the tokens read: those that were put into the cache.', 200),
    costUsd: z.number().min(0).optional().openapi({
      description: 'The price in US dollars, where the server has a price for the models that were called.',
      example: 0.012,
    }),
  })
  .openapi('ModelUsage', {
    description:
      'What a session used of the model that the gateway answers for, as the gateway counted it on the way. A call that was cut is counted by what had come.',
  });
export type ModelUsage = z.infer<typeof ModelUsage>;

export const Budget = z
  .strictObject({
    inputTokens: limit('The most tokens that the model reads.', 1_000_000),
    outputTokens: limit('The most tokens that the model writes.', 100_000),
    totalTokens: limit('The most tokens in all.', 1_000_000),
    costUsd: z.number().positive().optional().openapi({
      description: 'The most that is spent, in US dollars. Needs a server with prices.',
      example: 5,
    }),
  })
  .openapi('Budget', {
    description:
      'The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest.',
    example: { totalTokens: 1_000_000 },
  });
export type Budget = z.infer<typeof Budget>;
