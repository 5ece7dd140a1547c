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

const app = gateway();

/** With a URL that leads every reader to the same place: a dot in hex or a backslash climbs for some and not for others. */
function canonical(request: Request): Request {
  const { href } = new URL(request.url);
  return href === request.url ? request : new Request(href, request);
}

export default {
  fetch: (request, env, ctx) => app.fetch(canonical(request), env, ctx),
  queue,
} satisfies ExportedHandler<Env>;
