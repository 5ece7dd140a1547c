import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ContainerEngine } from '../dev/engine.ts';
import { appFiles } from '../dev/image.ts';
import { DockerClient } from './docker-client.ts';
import { buildImage } from './image.ts';
import { removeContainers } from './leftovers.ts';
import { findSocket, probeSocket } from './socket.ts';

const dockerfile = resolve(import.meta.dirname, '../../sandbox-server/Dockerfile');
const sidecarFolder = join(import.meta.dirname, 'sidecar');

const advice = 'Start it, or name the socket of another with DOCKER_HOST=unix:///path/to/it.';

/** The sidecar that this workerd speaks with, as Miniflare pins it; Miniflare reads the same variable. */
export const sidecarImage =
  'cloudflare/proxy-everything:3cb1195@sha256:0ef6716c52430096900b150d84a3302057d6cd2319dae7987128c85d0733e3c8';

/** Tells the containers of a stack from those of others, by its state folder. */
export function namespaceOf(state: string): string {
  return `sandgate-${createHash('sha256').update(resolve(state)).digest('hex').slice(0, 12)}`;
}

export interface DockerEngineOptions {
  /** The folder of one stack's state. */
  state: string;
  /** The file that the image runs, where it is not our server. */
  server?: string | undefined;
  /** Told of each step as it begins. */
  onStep: (step: string) => void;
  /** Told what a build says. */
  onLine: (line: string) => void;
  /** Ends a build that is under way. */
  signal?: AbortSignal | undefined;
}

/** The machine's own Docker or Podman, with the image that is deployed. */
export class DockerEngine implements ContainerEngine {
  readonly socket: string;
  readonly mode = 'docker';
  /** workerd asks for none; those of the engine's own configuration hold. */
  readonly limits = 'none';
  readonly disk = 'none';
  readonly images: { sandbox: string; sidecar: string };
  /** Part of the names that workerd gives to our containers. */
  readonly namespace: string;
  readonly #docker: DockerClient;

  private constructor(docker: DockerClient, socket: string, namespace: string, images: DockerEngine['images']) {
    this.#docker = docker;
    this.socket = socket;
    this.namespace = namespace;
    this.images = images;
  }

  /** @throws where there is no engine, or no image, with what to do about it. */
  static async start({ state, server, onStep, onLine, signal }: DockerEngineOptions): Promise<DockerEngine> {
    const socket = await findSocket({ env: process.env, home: homedir(), probe: probeSocket });
    const docker = new DockerClient(socket);
    const namespace = namespaceOf(state);
    try {
      await removeContainers(docker, `workerd-${namespace}-`);
    } catch (error) {
      throw new Error(`No Docker or Podman answers at ${socket}: ${(error as Error).message}. ${advice}`);
    }
    onStep('Building the image of the sandbox, if it is a new one (minutes, where its base has to be pulled)');
    const app = Object.entries(appFiles(server)).map(([name, path]) => [`dist/${name}`, path]);
    const files = { Dockerfile: dockerfile, ...Object.fromEntries(app) };
    const sandbox = await buildImage(docker, { name: 'sandgate-sandbox', files }, onLine, signal);
    const base = process.env.MINIFLARE_CONTAINER_EGRESS_IMAGE ?? `docker.io/${sidecarImage}`;
    const sidecar = await buildImage(
      docker,
      {
        name: 'sandgate-sidecar',
        files: { Dockerfile: join(sidecarFolder, 'Dockerfile'), 'firewall.sh': join(sidecarFolder, 'firewall.sh') },
        buildArguments: { SIDECAR: base },
      },
      onLine,
      signal,
    );
    return new DockerEngine(docker, socket, namespace, { sandbox, sidecar });
  }

  /** It is not ours to end, and we do not watch it: a request tells when it is gone. */
  ended(): Promise<void> {
    return new Promise(() => {});
  }

  /** Ends the containers, not the engine. To be called once workerd is gone, or it may start more. */
  async stop(): Promise<void> {
    await removeContainers(this.#docker, `workerd-${this.namespace}-`);
  }
}
