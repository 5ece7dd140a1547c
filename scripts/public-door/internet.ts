import type { MiniflareOptions, Request } from 'miniflare';
import { Response } from 'miniflare';

/** A request that left, as a test looks at it. */
export interface Asked {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** In the place of the internet: answers every host, some in ways of their own, and remembers what it was asked. */
export class Internet {
  readonly asked: Asked[] = [];
  readonly #hosts: Record<string, (asked: Asked) => Response>;

  constructor(hosts: Record<string, (asked: Asked) => Response> = {}) {
    this.#hosts = hosts;
  }

  /** To be given to `startStack` as `onWorkers`. */
  readonly takePlace = (options: MiniflareOptions): void => {
    for (const worker of options.workers) {
      const env = worker.config?.env;
      if (env && 'OUTBOUND' in env) env.OUTBOUND = { type: 'fetcher', handler: (request) => this.#answer(request) };
    }
  };

  async #answer(request: Request): Promise<Response> {
    const { method, url } = request;
    const body = await request.text();
    const asked = { method, url, headers: Object.fromEntries(request.headers), body };
    this.asked.push(asked);
    const { hostname, pathname } = new URL(url);
    const answer = this.#hosts[hostname];
    if (answer) return answer(asked);
    if (pathname === '/redirect')
      return new Response(null, { status: 302, headers: { location: 'http://elsewhere.example.com/' } });
    return new Response(`the internet heard: ${body}`);
  }
}
