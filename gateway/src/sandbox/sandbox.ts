import { Sandbox as CloudflareSandbox } from '@cloudflare/sandbox';
import type { LogLine } from '@sandgate/api-spec';
import { egressHandler } from '../egress/container-proxy.ts';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { containerOutput } from './container-output.ts';
import { gatewayLine } from './gateway-line.ts';
import { reached } from './unreached.ts';

/** Where our server listens in the container. Port 3000 is the SDK's own control server: nothing of ours goes there. */
const serverPort = 8080;

/** How long a container may take to end when it is asked to, and how often it is looked at, in milliseconds. */
const stopLimitMs = 10_000;
const stopIntervalMs = 20;

/** What a container is started with. Given with each request, so that an evicted object never starts one without. */
export interface Launch {
  env: Record<string, string>;
  idleTimeoutSeconds: number;
}

/** The container of one session. */
export class Sandbox extends CloudflareSandbox<Env> {
  override enableInternet = false;
  /** Its HTTPS comes to us in the clear: it trusts a certificate authority of the platform's. */
  override interceptHttps = true;
  /** When the start that is under way began. */
  #startedAt: number | undefined;
  /** Whether `onStop` has something to tell: of a start that failed `onError` told already, and knew more. */
  #isEndNew = true;

  /** Hands a request to our server, and starts the container first where it does not run. */
  async deliver(request: Request, launch: Launch): Promise<Response> {
    this.envVars = launch.env;
    await this.setSleepAfter(launch.idleTimeoutSeconds);
    if (!this.ctx.container?.running && this.#startedAt === undefined) {
      this.#startedAt = Date.now();
      // Kept with the object: what the container sends is its session's for as long as it lives.
      await this.setOutboundHandler(egressHandler, { session: this.ctx.id.name });
      this.ctx.waitUntil(this.#log(gatewayLine('The container is being started.')));
    }
    return this.containerFetch(request, serverPort);
  }

  /** As `deliver`, where the container runs: starts none. Nothing where the request certainly reached nobody. */
  async deliverWhereItRuns(request: Request, launch: Launch): Promise<Response | undefined> {
    const { status } = await this.getState();
    if (status !== 'healthy' || !this.ctx.container?.running) return undefined;
    return reached(await this.deliver(request, launch));
  }

  /** Whether there is a container: one that is gone may look as if it ran for a while. */
  async isRunning(): Promise<boolean> {
    return this.ctx.container?.running ?? false;
  }

  /** Ends the container, whose disk is saved: by asking at first. Resolves once it is gone. */
  async putToSleep(why: string): Promise<void> {
    if (!this.ctx.container?.running) return;
    await this.#log(gatewayLine(why));
    await this.stop();
    const deadline = Date.now() + stopLimitMs;
    while (this.ctx.container.running && Date.now() < deadline) await scheduler.wait(stopIntervalMs);
    if (this.ctx.container.running) await this.destroy();
  }

  /**
   * Work that takes longer than the idle time is still work, and no container goes before its disk is saved: the
   * Orchestrator has it go, or it stays for as long again.
   */
  override async onActivityExpired(): Promise<void> {
    const orchestrator = this.#orchestrator;
    if (!orchestrator) return super.onActivityExpired();
    await orchestrator.fallAsleep();
    if (this.ctx.container?.running) this.renewActivityTimeout();
  }

  override async alarm(...told: Parameters<CloudflareSandbox<Env>['alarm']>): Promise<void> {
    await super.alarm(...told);
    await this.#keepWatch();
  }

  override async onStart(): Promise<void> {
    await super.onStart();
    await this.#keepWatch();
    const durationMs = this.#startedAt === undefined ? undefined : Date.now() - this.#startedAt;
    const took = durationMs === undefined ? '' : ` after ${durationMs} ms`;
    log('info', 'sandbox started', { sandbox: this.ctx.id.name, durationMs });
    this.#startedAt = undefined;
    this.#isEndNew = true;
    this.ctx.waitUntil(this.#log(gatewayLine(`The container listens${took}.`)));
  }

  override async onError(error: unknown): Promise<void> {
    super.onError(error);
    log('error', 'sandbox failed', { sandbox: this.ctx.id.name, error });
    this.#startedAt = undefined;
    this.#isEndNew = false;
    await this.#logEnd(error instanceof Error ? error.message : String(error));
  }

  override async onStop(params: Parameters<CloudflareSandbox<Env>['onStop']>[0]): Promise<void> {
    await super.onStop(params);
    log('info', 'sandbox stopped', { sandbox: this.ctx.id.name, exitCode: params?.exitCode });
    if (this.#isEndNew) await this.#logEnd(`The container has ended with code ${params?.exitCode ?? 0}.`);
    this.#isEndNew = false;
    // Told as late as that the next container is there, it says nothing any more: the session is awake.
    const isNext = this.#startedAt !== undefined || this.ctx.container?.running;
    if (!isNext) await this.#orchestrator?.sandboxStopped();
  }

  override async destroy(): Promise<void> {
    if (this.ctx.container?.running) {
      await this.#logEnd('The container is being destroyed.');
      this.#isEndNew = false;
    }
    await super.destroy();
  }

  /** Awaited before anything else is done: the next container takes the place of this one, with all that it printed. */
  async #logEnd(text: string): Promise<void> {
    const end = gatewayLine(text);
    const { name } = this.ctx.id;
    const { lines = [], truncated = false } = name === undefined ? {} : await containerOutput(this.env, name);
    await this.#log(...lines, truncated ? { ...end, text: `${text} Of its output only the last part is kept.` } : end);
  }

  /** A log that cannot be written stops no sandbox. */
  async #log(...lines: LogLine[]): Promise<void> {
    try {
      await this.#orchestrator?.logContainer(lines);
    } catch (error) {
      log('error', 'container log not written', { error });
    }
  }

  /**
   * A container is watched by an alarm, which sees its end and puts it to sleep. Once the library has told of an end it
   * takes the alarm away, also where meanwhile the next container was started, which had set it.
   */
  async #keepWatch(): Promise<void> {
    if (this.ctx.container?.running && (await this.ctx.storage.getAlarm()) === null) await this.scheduleNextAlarm();
  }

  /** The session that this is the sandbox of: it has the same name. */
  get #orchestrator() {
    const { name } = this.ctx.id;
    return name === undefined ? undefined : this.env.ORCHESTRATOR.getByName(name);
  }
}

// A name for `setOutboundHandler` only: `ContainerProxy` answers itself.
Sandbox.outboundHandlers = { [egressHandler]: () => new Response(null, { status: 403 }) };
