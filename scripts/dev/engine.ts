import { DockerEngine } from '../docker-engine/docker-engine.ts';
import { EngineProcess } from './engine-process.ts';
import { layOutImage } from './image.ts';
import type { State } from './state.ts';

/** What runs the containers that workerd asks for. */
export interface ContainerEngine {
  /** What speaks the Docker API. */
  readonly socket: string;
  /** What holds a container: `root`, `unprivileged`, `docker` or `none`. */
  readonly mode: string;
  /** What bounds its memory and processes: `cgroup2`, `cgroup1`, `prlimit` or `none`. */
  readonly limits: string;
  /** What bounds its disk: `loop`, `tmpfs` or `none`. */
  readonly disk: string;
  /** The images that workerd is to ask for. */
  readonly images: { sandbox: string; sidecar: string };
  /** Part of the containers' names, where others have containers on the same engine. */
  readonly namespace: string | undefined;
  /** Resolves when it has ended, for whatever reason. */
  ended(): Promise<void>;
  /** Stops the containers. To be called once workerd is gone. */
  stop(): Promise<void>;
}

const engineNames = ['local', 'docker'] as const;
export type EngineName = (typeof engineNames)[number];

export interface EngineSettings {
  state: State;
  unsafeNoIsolation: boolean;
  verbose: boolean;
  onStep: (step: string) => void;
  /** The file that a sandbox runs, where it is not our server, for tests. */
  server?: string | undefined;
  /** Ends a start that is under way. */
  signal?: AbortSignal | undefined;
}

/** The options of a command that starts a stack. */
export const engineOptions = {
  engine: { type: 'string', about: 'what holds the sandboxes', oneOf: engineNames, default: 'local' },
  'unsafe-no-isolation': { type: 'boolean', about: 'nothing holds them: plain processes with all that you can do' },
} as const;

/** @throws where there is no such engine. */
export function engineName(text: string | undefined): EngineName {
  const name = engineNames.find((one) => one === (text ?? 'local'));
  if (!name) throw new Error(`There is no engine "${text}": it is one of ${engineNames.join(', ')}.`);
  return name;
}

/** @throws with what to do, where the engine cannot hold a sandbox. */
export function startEngine(name: EngineName, settings: EngineSettings): Promise<ContainerEngine> {
  const { state, unsafeNoIsolation, verbose, onStep, server, signal } = settings;
  onStep('Starting the container engine');
  if (name === 'docker') {
    if (unsafeNoIsolation) throw new Error('--unsafe-no-isolation is for the local engine: with Docker, leave it out.');
    const onLine = (line: string) => void (verbose && process.stderr.write(`${line}\n`));
    return DockerEngine.start({ state: state.folder, server, onStep, onLine, signal });
  }
  layOutImage(state.image, server);
  return EngineProcess.start({ state: state.engine, image: state.image, unsafeNoIsolation, verbose });
}
