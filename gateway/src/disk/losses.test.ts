import { type DiskFrame, type DiskTree, diskFramePieces, diskFrames, ProblemError } from '@sandgate/api-spec';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sessionStorage } from '../orchestrator/testing/session-storage.ts';
import type { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { Disk } from './disk.ts';
import { Loans } from './loans.ts';
import { DiskStore } from './store.ts';

beforeAll(() => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.stubGlobal('IdentityTransformStream', TransformStream);
});
afterAll(() => void vi.unstubAllGlobals().restoreAllMocks());

/** Of one session after the other: to make its tables takes longer than all that is tried of it. */
const storage = sessionStorage();
storage.sql.exec('SAVEPOINT anew');

/** A container, and what is on its disk. */
interface Container {
  bootId: string;
  holds: string;
  isReady: boolean;
}

/** A session whose containers die at any time, and what its log tells of that. */
class Computer {
  /** What the log says that it should not, or does not say that it should. */
  readonly wrong: string[] = [];
  readonly #store = new DiskStore(storage, 'sb-1');
  readonly #objects = new Map<string, Uint8Array>();
  #disk = this.#newDisk();
  #container: Container | undefined;
  #boots = 0;
  #works = 0;
  /** What the last container held that is gone, unless the log told of it. */
  #gone: string | undefined;
  /** What ends the container next. */
  #fatal: 'restore' | 'ready' | 'save' | 'stored' | undefined;

  /** What may happen to it. */
  readonly steps = {
    wakes: () => this.#wake(),
    'dies while it is restored': () => this.#dying('restore', () => this.#wake()),
    'dies as it is ready': () => this.#dying('ready', () => this.#wake()),
    works: async () => {
      if (!this.#container?.isReady) return;
      this.#disk.changed();
      this.#container.holds = `work ${++this.#works}`;
    },
    'refuses work': async () => {
      this.#disk.changed();
      this.#disk.unchanged();
    },
    'is saved': () => this.#disk.keep(),
    'dies while it is saved': () => this.#dying('save', () => this.#disk.keep()),
    'dies as it is saved': () => this.#dying('stored', () => this.#disk.keep()),
    sleeps: () =>
      this.#disk.leave(
        () => undefined,
        async () => this.#die(),
      ),
    dies: async () => this.#die(),
    'has another gateway': async () => {
      this.#disk = this.#newDisk();
    },
  };

  async does(name: keyof Computer['steps']): Promise<void> {
    await this.steps[name]().catch(() => undefined); // Who asked is told so, and goes on.
  }

  #newDisk(): Disk {
    const bucket = {
      put: async (key: string, bytes: Uint8Array) => void this.#objects.set(key, bytes),
      get: async (key: string) => {
        const bytes = this.#objects.get(key) as Uint8Array<ArrayBuffer>;
        return { arrayBuffer: async () => Uint8Array.from(bytes).buffer, body: new Blob([bytes]).stream() };
      },
      delete: async (keys: string[]) => void keys.map((key) => this.#objects.delete(key)),
    };
    const sandbox = {
      isRunning: async () => this.#container !== undefined,
      saveDisk: async (tree: DiskTree, { bootId }: { bootId: string }) => this.#save(tree, bootId),
      restoreDisk: (_: DiskTree, bootId: string, body: AsyncIterable<Uint8Array>) => this.#restore(bootId, body),
      diskReady: async (bootId: string) => {
        const container = this.#requireBoot(bootId);
        if (this.#fatal === 'ready') this.#die();
        if (this.#isLost) this.wrong.push(`it does not tell that "${this.#gone}" is lost`);
        this.#gone = undefined;
        container.isReady = true;
      },
      diskSaved: async () => undefined,
    };
    return new Disk({
      bucket: bucket as unknown as R2Bucket,
      store: this.#store,
      loans: new Loans(storage),
      giveBack: async () => undefined,
      sandbox: () => sandbox as unknown as SessionSandbox,
      limits: { bytes: 1e9, entries: 1e9 },
      lastSeq: () => 0,
      onPostponed: () => undefined,
      onFailure: () => undefined,
      onLoss: () => {
        if (!this.#isLost) this.wrong.push('it tells of a loss that is none');
        this.#gone = undefined;
      },
    });
  }

  async #wake(): Promise<void> {
    this.#container ??= { bootId: `boot ${++this.#boots}`, holds: '', isReady: false };
    if (!this.#container.isReady) await this.#disk.prepare(this.#container.bootId);
  }

  async #dying(fatal: 'restore' | 'ready' | 'save' | 'stored', work: () => Promise<void>): Promise<void> {
    this.#fatal = fatal;
    await work().finally(() => {
      this.#fatal = undefined;
      this.#die();
    });
  }

  #die(): void {
    if (this.#container?.isReady) this.#gone = this.#container.holds;
    this.#container = undefined;
  }

  /** What the next container begins with. */
  get #saved(): string {
    const [part] = this.#store.parts(this.#store.newest()?.id ?? 0);
    return part ? new TextDecoder().decode(this.#objects.get(this.#store.keyOf(part.number))) : '';
  }

  get #isLost(): boolean {
    return this.#gone !== undefined && this.#gone !== this.#saved;
  }

  #requireBoot(bootId: string): Container {
    if (this.#container?.bootId !== bootId) throw new ProblemError('boot_mismatch', 'Another boot.');
    return this.#container;
  }

  #save(tree: DiskTree, bootId: string): Response {
    if (this.#container?.bootId !== bootId) return new ProblemError('boot_mismatch', 'Another boot.').toResponse('');
    const bytes = new TextEncoder().encode(this.#container.holds);
    const manifest: DiskFrame = { head: { type: 'manifest', length: bytes.byteLength }, bytes };
    const end: DiskFrame = { head: { type: 'end', packs: [], entries: 0, bytes: 0 }, bytes: new Uint8Array() };
    const isLast = tree === 'records';
    if (this.#fatal === 'save' && isLast) this.#die();
    const frames = tree === 'workspace' ? [manifest, end] : isLast && !this.#container ? [] : [end];
    if (this.#fatal === 'stored' && isLast) this.#die(); // All of it is on its way.
    const pieces = frames.flatMap((frame) => [...diskFramePieces(frame)]);
    const readAtLeast = async () => ({ value: pieces.shift(), done: pieces.length === 0 });
    return {
      ok: true,
      status: 200,
      body: { getReader: () => ({ readAtLeast, cancel: async () => undefined }) },
    } as never;
  }

  async #restore(bootId: string, body: AsyncIterable<Uint8Array>): Promise<Response> {
    const container = this.#requireBoot(bootId);
    for await (const { bytes } of diskFrames(body)) container.holds = new TextDecoder().decode(bytes);
    if (this.#fatal === 'restore') this.#die();
    this.#requireBoot(bootId);
    return new Response(null, { status: 204 });
  }
}

type Step = keyof Computer['steps'];
const all = Object.keys(new Computer().steps) as Step[];

/** Every order of so many steps. */
function* orders(count: number): Generator<Step[]> {
  if (count === 0) return yield [];
  for (const order of orders(count - 1)) for (const step of all) yield [...order, step];
}

it.each<[string, Step[]]>([
  ['is new', []],
  ['was worked on', ['wakes', 'works']],
  ['sleeps', ['wakes', 'works', 'sleeps']],
  ['was woken', ['wakes', 'works', 'sleeps', 'wakes']],
])(
  'tells of every loss, and of no other, whatever becomes of a disk that %s',
  { timeout: 120_000 },
  async (_, before) => {
    for (const order of orders(2)) {
      const steps = [...before, ...order, 'dies', 'wakes'] satisfies Step[];
      storage.sql.exec('ROLLBACK TO anew');
      const computer = new Computer();
      for (const step of steps) await computer.does(step);
      expect(computer.wrong, steps.join(', ')).toEqual([]);
    }
  },
);
