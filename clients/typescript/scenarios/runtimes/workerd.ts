import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { bundle } from './bundle.ts';
import type { Runtime } from './runtime.ts';

export const workerd: Runtime = {
  name: 'workerd',
  async start() {
    const contents = await bundle('runtimes/worker.ts', { format: 'esm' });
    const options = convertV4MiniflareOptions({
      modules: [{ type: 'ESModule', path: 'worker.js', contents }],
      compatibilityDate: '2026-10-01',
    } as Parameters<typeof convertV4MiniflareOptions>[0]);
    const miniflare = new Miniflare({ ...options, telemetry: { enabled: false } });
    await miniflare.ready;
    return {
      async play(scenario, door) {
        const body = JSON.stringify({ scenario, door });
        const answer = await miniflare.dispatchFetch('http://worker', { method: 'POST', body });
        const { wrong } = (await answer.json()) as { wrong: string | null };
        if (wrong !== null) throw new Error(wrong);
      },
      close: () => miniflare.dispose(),
    };
  },
};
