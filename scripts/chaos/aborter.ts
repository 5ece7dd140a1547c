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

/**
 * A Worker of our own beside the gateway, which can end all Orchestrators at once, in the middle of whatever they do:
 * as a deploy does. It is no part of the gateway, and nobody can call it from outside.
 */
export class Aborter {
  workers: Miniflare | undefined;

  /** Joins the Workers that are about to be started. */
  join(options: MiniflareOptions): void {
    const { workers } = convertV4MiniflareOptions({
      name: 'aborter',
      modules: [{ type: 'ESModule', path: 'aborter.js', contents: program }],
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['unsafe_module'],
    }) as { workers: unknown[] };
    const all = (options as unknown as { workers: { config: { exports: object } }[] }).workers;
    // Without its object a local container ends; on Cloudflare it lives on. That is another fault, with one of its own.
    const exports = all[0]?.config.exports as { Sandbox: { unsafePreventEviction?: boolean } };
    exports.Sandbox.unsafePreventEviction = true;
    all.push(workers[0] as (typeof all)[number]);
  }

  async abortOrchestrators(): Promise<void> {
    const worker = await this.workers?.getWorker('aborter');
    await worker?.fetch('http://aborter/');
  }
}
