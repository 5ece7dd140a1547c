import worker from './index.js';

export * from './index.js';

/**
 * The binding that counts requests (Workers, "Rate Limiting"): in memory, in windows of the clock, and in the Worker itself,
 * and so as quick as on Cloudflare. Miniflare's own writes each request to the disk before it lets it through.
 */
class RateLimiter {
  #limit;
  #windowMs;
  #current = 0;
  #counts = new Map();

  constructor({ limit, period }) {
    this.#limit = limit;
    this.#windowMs = period * 1000;
  }

  async limit({ key }) {
    const window = Math.floor(Date.now() / this.#windowMs);
    if (window !== this.#current) this.#counts = new Map();
    this.#current = window;
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    return { success: count < this.#limit };
  }
}

let limiters;

const gateway = {
  ...worker,
  async fetch(request, env, ctx) {
    if (URL.parse(request.url)?.pathname.startsWith('/assets/')) {
      const asset = await env.ASSETS.fetch(request);
      if (asset.status !== 404) return asset;
    }
    limiters ??= Object.fromEntries(env.RATE_LIMITS.map(({ name, simple }) => [name, new RateLimiter(simple)]));
    return worker.fetch(request, Object.setPrototypeOf({ ...limiters }, env), ctx);
  },
};

/** The gateway as it is deployed, behind what Cloudflare does before it: serves assets, and counts requests. */
export default gateway;

/** The same by a name. To the default Miniflare leads through two Workers of its own, which look for assets. */
export const front = gateway;
