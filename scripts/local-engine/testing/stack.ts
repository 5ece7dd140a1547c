import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { bundle } from '../../dev/bundle.ts';

/** Real workerd, with the real Sandbox class in it, on an engine's socket. */
export async function startStack(socket: string): Promise<{ miniflare: Miniflare; url: URL }> {
  const script = await bundle(fileURLToPath(new URL('./worker.js', import.meta.url)));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: 'gateway',
      modules: true,
      script,
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['nodejs_compat'],
      durableObjects: { SANDBOX: { className: 'Sandbox', useSQLite: true, container: { imageName: 'sandbox:dev' } } },
      containerEngine: {
        localDocker: { socketPath: `unix:${socket}`, containerEgressInterceptorImage: 'sidecar:dev' },
      },
      host: '127.0.0.1',
      port: 0,
      handleStructuredLogs: () => {},
    }),
  );
  return { miniflare, url: await miniflare.ready };
}
