import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Request, Response } from 'miniflare';

/**
 * A link to the `/docs` page that brings it the key. What stands in the link, in the browser's history and on the screen is
 * a code that is good once; behind the `#` it is sent to no server, and written into no log. The page hands it in by itself.
 */
export class DocsLink {
  readonly fragment: string;
  readonly #apiKey: string;
  #expected: Buffer | undefined;

  constructor(apiKey: string) {
    const code = randomBytes(16).toString('hex');
    this.fragment = `#code=${code}`;
    this.#apiKey = apiKey;
    this.#expected = digest(`Bearer ${code}`);
  }

  /** What the gateway asks by `DOCS_KEY`: the key, for the right code, and only the first time. */
  readonly answer = (request: Request): Response => {
    const given = digest(request.headers.get('authorization') ?? '');
    if (!this.#expected || !timingSafeEqual(given, this.#expected)) return new Response(null, { status: 404 });
    this.#expected = undefined;
    return new Response(this.#apiKey);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
