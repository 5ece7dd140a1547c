import { WorkerEntrypoint } from 'cloudflare:workers';

let current = 0;
let counts = new Map();

/**
 * The binding that counts requests (Workers, "Rate Limiting"): in memory, in windows of the clock, and so as quick as on
 * Cloudflare. Miniflare's own writes each request to the disk before it lets it through.
 */
export default class RateLimiter extends WorkerEntrypoint {
  limit({ key }) {
    const window = Math.floor(Date.now() / (this.env.PERIOD * 1000));
    if (window !== current) counts = new Map();
    current = window;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    return { success: count < this.env.LIMIT };
  }
}
