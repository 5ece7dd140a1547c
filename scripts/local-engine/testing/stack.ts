import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';

/** Real workerd, with the real Sandbox class in it, on an engine's socket. */
export async function startStack(socket: string): Promise<{ miniflare: Miniflare; url: URL }> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./worker.js', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser', 'import'],
    mainFields: ['module', 'main'],
    external: ['cloudflare:*', 'node:*'],
  });
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: 'gateway',
      modules: true,
      script: bundle.outputFiles[0]?.text ?? '',
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
