import { z } from '@hono/zod-openapi';

export const LogLine = z
  .object({
    at: z.iso.datetime().openapi({ description: 'When it was said.', example: '2026-11-22T20:34:00.000Z' }),
    source: z.enum(['gateway', 'container']).openapi({
      description:
        'The gateway says what becomes of the container. What the container prints may be anything: do not trust it.',
      example: 'container',
    }),
    stream: z
      .enum(['stdout', 'stderr'])
      .optional()
      .openapi({ description: 'Where the container printed it.', example: 'stderr' }),
    text: z.string().openapi({
      description: 'The line, without its break; cut where it is too long.',
      example: 'The environment is not valid. PORT: Invalid input',
    }),
  })
  .openapi('LogLine', { description: "A line of the logs of a session's container." });
export type LogLine = z.infer<typeof LogLine>;

export const ContainerLogs = z
  .object({
    data: z.array(LogLine).openapi({ description: 'The lines, the newest last.' }),
    truncated: z.boolean().openapi({ description: 'Whether older lines were left out.', example: false }),
  })
  .openapi('ContainerLogs', { description: 'The newest part of what there is to say of a container.' });
export type ContainerLogs = z.infer<typeof ContainerLogs>;
