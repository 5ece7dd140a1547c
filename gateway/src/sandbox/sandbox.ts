import { Sandbox as CloudflareSandbox } from '@cloudflare/sandbox';
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

  /** Work that takes longer than the idle time is still work: only where no turn is open does the sandbox sleep. */
  override async onActivityExpired(): Promise<void> {
    if (await this.#orchestrator?.isWorking()) this.renewActivityTimeout();
    else await super.onActivityExpired();
  }

  override async onStop(params: Parameters<CloudflareSandbox<Env>['onStop']>[0]): Promise<void> {
    await super.onStop(params);
    await this.#orchestrator?.sandboxStopped();
  }

  /** The session that this is the sandbox of: it has the same name. */
  get #orchestrator() {
    const { name } = this.ctx.id;
    return name === undefined ? undefined : this.env.ORCHESTRATOR.getByName(name);
  }
}
