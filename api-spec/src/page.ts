import { z } from '@hono/zod-openapi';

/**
 * A page of `item`. `nextCursor` is what the next request gives as `after`.
 *
 * @param more what else a page says.
 */
export function page<S extends z.ZodType, M extends z.ZodRawShape = Record<never, never>>(
  name: string,
  item: S,
  more?: M,
) {
  return z
    .object({
      data: z.array(item).openapi({ description: 'The items of this page.' }),
      nextCursor: z
        .string()
        .nullable()
        .openapi({ description: 'Give it as `after` for the next page; null where there is none.', example: '42' }),
      hasMore: z.boolean().openapi({ description: 'Whether there is more now.', example: false }),
      ...(more as M),
    })
    .openapi(name, { description: 'A page.' });
}

/** A whole number in a query. Not `z.coerce`, which takes null and the empty text for 0. */
export function count(min: number, max: number, { description, example }: { description: string; example: number }) {
  return z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{1,15}$/, 'Not a whole number')
        .transform(Number),
    ])
    .pipe(z.int().min(min).max(max))
    .optional()
    .openapi({ type: 'integer', minimum: min, maximum: max, description, example });
}

export const limit = count(1, 1000, { description: 'The most items in a page; 100 unless told.', example: 100 });
