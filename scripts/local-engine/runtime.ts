import type { Socket } from 'node:net';
import type { Entered, EntryRequest } from './entry.ts';
import type { Image } from './image.ts';
import type { Log } from './log.ts';
import type { StreamName } from './output.ts';

export interface SandboxRequest {
  id: string;
  command: string[];
  environment: Record<string, string>;
  certificates: ReadonlyMap<string, Buffer>;
  /** Starts the engine's end of the way out, on a unix socket. */
  proxy: (socket: string) => Promise<void>;
  /** Told of what the server prints. */
  onOutput: (stream: StreamName, chunk: Buffer) => void;
  /** Called when the sandbox is there and its server waits: to put files into it. */
  prepare?: (enter: Enter) => Promise<void>;
}

/** Starts a further program in a sandbox, confined as all the others. */
export type Enter = (request: EntryRequest) => Promise<Entered>;

/** A running sandbox, as a container uses it. */
export interface Sandbox {
  /** Process 1 of the sandbox, by its number outside. */
  init: number;
  exited: Promise<number>;
  listens(port: number): boolean;
  /** Changes when a listener is added; see listening.ts. */
  sockets(): string;
  connect(port: number): Promise<Socket>;
  signal(name: NodeJS.Signals): void;
  kill(): void;
  outOfMemory(): boolean;
  enter: Enter;
  addCertificate(name: string, content: Buffer): void;
}

/** What runs containers: bubblewrap, or nothing at all (see unsafe-runtime.ts). */
export interface Runtime {
  users: 'two' | 'one' | 'none';
  image: Image;
  log: Log;
  start(request: SandboxRequest): Promise<Sandbox>;
  /** Removes what a sandbox leaves behind once it has ended. */
  clear(id: string): Promise<void>;
}
