import { z } from '@hono/zod-openapi';
import { AgentInfo } from './agent.ts';
import { version as ours } from './version.ts';

const version = z.string().openapi({ description: 'The version of Sandgate.', example: ours });

export const Health = z
  .object({
    status: z.literal('ok').openapi({ description: 'Always `ok`: otherwise there is no answer.', example: 'ok' }),
    version,
    isolation: z.enum(['cloudflare', 'root', 'unprivileged', 'docker', 'none']).openapi({
      description:
        'What holds a sandbox: `cloudflare` in production; locally `root`, `unprivileged`, `docker` or `none`.',
      example: 'root',
    }),
  })
  .openapi('Health', { description: 'The gateway is up.' });
export type Health = z.infer<typeof Health>;

export const SandboxHealth = z
  .object({
    status: z
      .enum(['starting', 'idle', 'busy', 'waiting'])
      .openapi({ description: 'What the server does; `waiting` is for a person.', example: 'idle' }),
    bootId: z.string().openapi({
      description: 'Another after each start: what was running is lost.',
      example: 'boot_9c1185a5c5e9fc54',
    }),
    version,
    agents: z.array(AgentInfo).openapi({ description: 'The agents that this server knows.' }),
    awaitsDisk: z.literal(true).optional().openapi({
      description: 'Whether it is `starting` because nobody has said yet what shall be on its disk.',
      example: true,
    }),
    activeTurnId: z.string().optional().openapi({ description: 'The turn that runs.', example: 'turn_01' }),
    lastActivityAt: z.iso
      .datetime()
      .openapi({ description: 'When there was last work; a probe is none.', example: '2026-11-22T20:34:00.000Z' }),
  })
  .openapi('SandboxHealth', { description: 'The state of the server in a sandbox.' });
export type SandboxHealth = z.infer<typeof SandboxHealth>;
