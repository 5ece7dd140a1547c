import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { bundle } from '../../dev/bundle.ts';
import type { ContainerEngine } from '../../dev/engine.ts';
import { startedWorkerd } from '../machine.ts';
import { serverSession } from './bare-server.ts';
import type { Target } from './target.ts';

/**
 * What the gateway is without its Orchestrator: a Worker, a `Sandbox` object, and the same container on the same engine,
 * in a workerd of its own.
 *
 * @param folder where its objects keep their state.
 */
export async function passThrough(engine: ContainerEngine, folder: string): Promise<Target> {
  const contents = await bundle(join(import.meta.dirname, 'pass-through-worker.js'));
  const [{ miniflare, url }, pids] = await startedWorkerd(async () => {
    const options = convertV4MiniflareOptions({
      name: 'pass-through',
      host: '127.0.0.1',
      modules: [{ type: 'ESModule', path: 'index.js', contents }],
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['nodejs_compat'],
      durableObjects: {
        SANDBOX: { className: 'Sandbox', useSQLite: true, container: { imageName: engine.images.sandbox } },
      },
      containerEngine: {
        localDocker: {
          socketPath: `unix:${engine.socket}`,
          containerEgressInterceptorImage: engine.images.sidecar,
        },
      },
      resourcePersistencePath: folder,
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }], // As the gateway has: past the Worker that Miniflare puts before.
      handleStructuredLogs: () => {}, // The table is all that is printed.
    } as Parameters<typeof convertV4MiniflareOptions>[0]);
    const miniflare = new Miniflare({ ...options, telemetry: { enabled: false } });
    return { miniflare, url: await miniflare.unsafeGetDirectURL() };
  });
  let opened = 0;
  return {
    name: 'pass-through',
    pids,
    mostReaders: 200, // Each is a connection into the sandbox, of which the engine relays 256.
    open: () => serverSession(Number(url.port), `/session-${++opened}`),
    openCold: async () => ({
      session: await serverSession(Number(url.port), `/session-${++opened}`, { isWarm: false }),
    }),
    close: () => miniflare.dispose(),
  };
}
