import { WorkerEntrypoint } from 'cloudflare:workers';
import type { Env } from '../env.ts';
import { orchestratorOf } from '../session-handle.ts';
import { engineHost, noteRefusal } from './engine-refusal.ts';
import { callModel } from './model-call.ts';
import { modelHost } from './model-host.ts';
import { reach } from './reach.ts';

/** The name of the handler that a Sandbox sets, with its session: see `ContainerProxy`. */
export const egressHandler = 'egress';

/** As `@cloudflare/containers` binds them to a container, which cannot change them. */
interface Props {
  outboundHandlerOverride?: { method: string; params?: { session?: string } };
}

/**
 * Takes all that a container sends out, in the place of the class of this name in `@cloudflare/containers`, which finds
 * it by that name. Who sends is known by the container, and by nothing that is in the request.
 */
export class ContainerProxy extends WorkerEntrypoint<Env, Props> {
  override async fetch(request: Request): Promise<Response> {
    const session = this.ctx.props.outboundHandlerOverride?.params?.session;
    if (session === undefined) return new Response('Sandgate: nobody knows this container.\n', { status: 403 });
    const orchestrator = orchestratorOf(this.env, session);
    const keepAlive = (work: Promise<unknown>) => this.ctx.waitUntil(work);
    const { hostname } = new URL(request.url);
    if (hostname === modelHost) return callModel(request, { env: this.env, orchestrator, keepAlive });
    if (hostname === engineHost) return noteRefusal(request, orchestrator);
    return reach(request, { env: this.env, orchestrator });
  }
}
