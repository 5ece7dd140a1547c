import { Sandbox as CloudflareSandbox } from '@cloudflare/sandbox';
import type { SandboxHealth } from '@sandgate/api-spec';
import type { Env } from '../env.ts';

/** Where our server listens in the container. Port 3000 is the SDK's own control server: nothing of ours goes there. */
const serverPort = 8080;

/** What a container is started with. Given with each request, so that an evicted object never starts one without. */
export interface Launch {
  env: Record<string, string>;
  idleTimeoutSeconds: number;
}

/** The container of one session. */
export class Sandbox extends CloudflareSandbox<Env> {
  override enableInternet = false;

  /** Hands a request to our server, and starts the container first where it does not run. */
  async deliver(request: Request, launch: Launch): Promise<Response> {
    this.envVars = launch.env;
    await this.setSleepAfter(launch.idleTimeoutSeconds);
    return this.containerFetch(request, serverPort);
  }

  /** Work that takes longer than the idle time is still work: only a sandbox that is idle by its own word goes to sleep. */
  override async onActivityExpired(): Promise<void> {
    if (await this.#isIdle()) await super.onActivityExpired();
    else this.renewActivityTimeout();
  }

  override async onStop(params: Parameters<CloudflareSandbox<Env>['onStop']>[0]): Promise<void> {
    await super.onStop(params);
    const { name } = this.ctx.id;
    if (name) await this.env.ORCHESTRATOR.getByName(name).sandboxStopped();
  }

  async #isIdle(): Promise<boolean> {
    if (!this.ctx.container?.running) return true;
    try {
      const response = await this.ctx.container
        .getTcpPort(serverPort)
        .fetch('http://sandbox/health', { signal: AbortSignal.timeout(5000) });
      const { status } = await response.json<SandboxHealth>();
      return status === 'idle';
    } catch {
      return true; // A server that does not answer does no work.
    }
  }
}
