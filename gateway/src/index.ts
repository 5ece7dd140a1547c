import { gateway } from './app.ts';
import type { Env } from './env.ts';
import { consumeReindex } from './reindex-consumer.ts';
import { consumeTurns } from './turn-consumer.ts';
import { consumeNotices } from './webhooks/notice-consumer.ts';

export { ContainerProxy } from './egress/container-proxy.ts';
export { Orchestrator } from './orchestrator/orchestrator.ts';
export { Sandbox } from './sandbox/sandbox.ts';

/** A message's queue says whose it is; that of a deployment may have a prefix. */
const queue = (batch: MessageBatch, env: Env) => {
  if (batch.queue.endsWith('-webhooks')) return consumeNotices(batch, env);
  return batch.queue.endsWith('-index') ? consumeReindex(batch, env) : consumeTurns(batch, env);
};

export default { fetch: gateway().fetch, queue } satisfies ExportedHandler<Env>;
