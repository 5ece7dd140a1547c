import { gateway } from './app.ts';
import type { Env } from './env.ts';
import { consumeTurns } from './turn-consumer.ts';
import { consumeNotices } from './webhooks/notice-consumer.ts';

export { ContainerProxy } from './egress/container-proxy.ts';
export { Orchestrator } from './orchestrator/orchestrator.ts';
export { Sandbox } from './sandbox/sandbox.ts';

export default {
  fetch: gateway().fetch,
  queue: (batch, env) => (batch.queue.endsWith('-webhooks') ? consumeNotices(batch, env) : consumeTurns(batch, env)),
} satisfies ExportedHandler<Env>;
