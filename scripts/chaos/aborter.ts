import { convertV4MiniflareOptions, type Miniflare, type MiniflareOptions } from 'miniflare';

const program = `
  import unsafe from 'workerd:unsafe';
  export default {
    async fetch() {
      await unsafe.abortAllDurableObjects();
      return new Response();
    },
  };
`;

/** As much of Miniflare's options as is changed here. */
interface Options {
  workers: { config: { exports: Record<string, { unsafePreventEviction?: boolean }> } }[];
}

/**
 * Puts a Worker of our own beside the gateway, which can end all Orchestrators at once, in the middle of whatever they
 * do, as a deploy does. It is no part of the gateway, and nobody can call it from outside.
 */
export function addAborter(options: MiniflareOptions): void {
  const aborter = convertV4MiniflareOptions({
    name: 'aborter',
    modules: [{ type: 'ESModule', path: 'aborter.js', contents: program }],
    compatibilityDate: '2026-10-01',
    compatibilityFlags: ['unsafe_module'],
  }) as unknown as Options;
  const { workers } = options as unknown as Options;
  // Without its object a local container ends; on Cloudflare it lives on. That a sandbox ends is a fault of its own.
  const sandbox = workers[0]?.config.exports.Sandbox;
  if (sandbox) sandbox.unsafePreventEviction = true;
  workers.push(...aborter.workers);
}

export async function abortOrchestrators(workers: Miniflare): Promise<void> {
  const aborter = await workers.getWorker('aborter');
  await aborter.fetch('http://aborter/');
}
