import { z } from '@hono/zod-openapi';

/** A page of `item`. `nextCursor` is what the next request gives as `after`. */
export function page<S extends z.ZodType>(name: string, item: S) {
  return z
    .object({
      data: z.array(item).openapi({ description: 'The items of this page.' }),
      nextCursor: z
        .string()
        .nullable()
        .openapi({ description: 'Give it as `after` for the next page; null where there is none.', example: '42' }),
      hasMore: z.boolean().openapi({ description: 'Whether there is more now.', example: false }),
    })
    .openapi(name, { description: 'A page.' });
}

export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(1000)
  .optional()
  .openapi({ description: 'The most items in a page; 100 unless told.', example: 100 });
