import type { CertificateAuthority } from './certificate-authority.ts';
import { Container, type ContainerSpec } from './container.ts';
import { EngineError } from './engine-error.ts';
import type { Exec, ExecSpec } from './exec.ts';
import { describeImage } from './image.ts';
import type { Journal } from './journal.ts';
import type { Runtime } from './runtime.ts';
import { Sidecar } from './sidecar.ts';

const MOST_EXECS = 1024;

/** The containers and sidecars that exist, by name and by id. */
export class Engine {
  readonly runtime: Runtime;
  readonly #journal: Journal;
  readonly #authority: CertificateAuthority;
  readonly #containers = new Map<string, Container>();
  readonly #sidecars = new Map<string, Sidecar>();
  /** Those that ended stay for a while, as their exit code is asked for after. */
  readonly #execs = new Map<string, Exec>();

  constructor(runtime: Runtime, journal: Journal, authority: CertificateAuthority) {
    this.runtime = runtime;
    this.#journal = journal;
    this.#authority = authority;
  }

  /**
   * Opens the sidecars of an earlier engine again, on their ports. Their containers are gone, but a workerd that is
   * still running talks to the old sidecar before it starts a new one, and would fail for ever without an answer.
   */
  async restore(): Promise<void> {
    for (const { name, port } of this.#journal.sidecars) {
      const sidecar = this.createSidecar(name);
      await sidecar.start(port).catch((error: Error) => {
        this.runtime.log.warn(`cannot open the sidecar ${name} again: ${error.message}`);
        this.#sidecars.delete(name);
        this.#journal.removeSidecar(name);
      });
    }
  }

  get all(): (Container | Sidecar)[] {
    return [...this.#containers.values(), ...this.#sidecars.values()];
  }

  find(name: string): Container | Sidecar {
    const found = this.#containers.get(name) ?? this.#sidecars.get(name) ?? this.all.find(({ id }) => id === name);
    if (!found) throw new EngineError(404, `No such container: ${name}`);
    return found;
  }

  describeImage(name: string) {
    return describeImage(this.runtime.image, name);
  }

  createSidecar(name: string): Sidecar {
    this.#mustBeFree(name);
    const app = () => [...this.#containers.values()].find(({ spec }) => spec.sidecar === name);
    const sidecar = new Sidecar(name, app, this.#authority.certificate, this.runtime.log);
    this.#sidecars.set(name, sidecar);
    return sidecar;
  }

  createContainer(spec: ContainerSpec): Container {
    this.#mustBeFree(spec.name);
    const rules = () => (spec.sidecar === undefined ? undefined : this.#sidecars.get(spec.sidecar)?.rules);
    const container = new Container(spec, this.runtime, rules, this.#authority);
    this.#containers.set(spec.name, container);
    return container;
  }

  createExec(name: string, spec: ExecSpec): Exec {
    const found = this.find(name);
    if (found instanceof Sidecar || found.status !== 'running')
      throw new EngineError(409, `Container ${name} is not running`);
    for (const { id, running, exitCode } of this.#execs.values()) {
      if (this.#execs.size < MOST_EXECS) break;
      if (!running && exitCode !== null) this.#execs.delete(id);
    }
    if (this.#execs.size >= MOST_EXECS) throw new EngineError(429, `${MOST_EXECS} programs run already`);
    const exec = found.createExec(spec);
    this.#execs.set(exec.id, exec);
    return exec;
  }

  findExec(id: string): Exec {
    const found = this.#execs.get(id);
    if (!found) throw new EngineError(404, `No such exec instance: ${id}`);
    return found;
  }

  async start(name: string): Promise<boolean> {
    const found = this.find(name);
    if (found instanceof Sidecar) {
      if (found.running) return false;
      await found.start();
      this.#journal.putSidecar({ name: found.name, port: found.hostPort });
      return true;
    }
    if (found.status === 'running') return false;
    if (found.status === 'exited')
      throw new EngineError(409, 'the container has ended and its disk is gone: create it again');
    await found.start();
    return true;
  }

  async remove(name: string): Promise<void> {
    const found = this.find(name);
    if (found instanceof Sidecar) {
      this.#sidecars.delete(found.name);
      this.#journal.removeSidecar(found.name);
      found.remove();
      return;
    }
    await found.remove();
    if (this.#containers.get(found.spec.name) === found) this.#containers.delete(found.spec.name);
  }

  /** Ends everything, for the engine's own end. */
  async close(graceSeconds: number): Promise<void> {
    await Promise.all([...this.#containers.values()].map((container) => container.stop(graceSeconds)));
    for (const sidecar of this.#sidecars.values()) sidecar.remove();
  }

  /** A name stays taken while its container lives. One that has ended by itself gives way, as there is nothing left of it. */
  #mustBeFree(name: string): void {
    const container = this.#containers.get(name);
    if (container?.status === 'exited') {
      void container.remove();
      this.#containers.delete(name);
    } else if (container || this.#sidecars.has(name)) {
      throw new EngineError(409, `The container name "${name}" is already in use`);
    }
  }
}
