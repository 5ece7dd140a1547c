import type { z } from '@hono/zod-openapi';

/**
 * The content of a `text/event-stream` answer (WHATWG HTML, "Server-sent events") whose `data` lines hold `schema`.
 * OpenAPI 3.1 has no keyword for the items of a stream, so the schema stands for one item.
 */
export function eventStream<S extends z.ZodType>(schema: S) {
  return { 'text/event-stream': { schema } };
}
