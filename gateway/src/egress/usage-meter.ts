import { createParser } from 'eventsource-parser';
import { noTokens, type TokenCount } from './token-count.ts';

/** As much of https://docs.anthropic.com/en/api/messages as says what was used. */
interface Usage {
  input_tokens?: number | null;
  output_tokens?: number | null;
  cache_read_input_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
}

/** How many characters of text are taken for a token, where the count did not come: few, so that a cut is no bargain. */
const charactersPerToken = 3;

/** The largest answer that is read as a whole, in characters. */
const wholeLimit = 32 * 1024 * 1024;

/** Reads along what a model answers, and knows what it used: of a stream that was cut, what it must have. */
export class UsageMeter {
  readonly #decoder = new TextDecoder();
  readonly #isStream: boolean;
  readonly #parser = createParser({ onEvent: ({ data, event }) => this.#take(event, data) });
  #whole = '';
  #counted: Usage | undefined;
  #isFinal = false;
  #written = 0;

  constructor(contentType: string | null) {
    this.#isStream = contentType?.startsWith('text/event-stream') ?? false;
  }

  take(chunk: Uint8Array): void {
    const text = this.#decoder.decode(chunk, { stream: true });
    if (this.#isStream) this.#parser.feed(text);
    else if (this.#whole.length < wholeLimit) this.#whole += text;
  }

  /** What was used; undefined where nothing was said of it. */
  tokens(): TokenCount | undefined {
    if (!this.#isStream) this.#count((JSON.parse(this.#whole || '{}') as { usage?: Usage }).usage);
    if (!this.#counted) return undefined;
    const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens } = this.#counted;
    const seen = this.#isFinal || !this.#isStream ? 0 : Math.ceil(this.#written / charactersPerToken);
    return {
      ...noTokens,
      input: input_tokens ?? 0,
      output: Math.max(output_tokens ?? 0, seen),
      cacheRead: cache_read_input_tokens ?? 0,
      cacheWrite: cache_creation_input_tokens ?? 0,
    };
  }

  #take(event: string | undefined, data: string): void {
    if (event === 'message_start') this.#count((JSON.parse(data) as { message: { usage?: Usage } }).message.usage);
    else if (event === 'message_delta') {
      this.#count((JSON.parse(data) as { usage?: Usage }).usage);
      this.#isFinal = true;
    } else if (event === 'content_block_delta') {
      const { delta } = JSON.parse(data) as { delta: Record<string, unknown> };
      for (const piece of [delta.text, delta.thinking, delta.partial_json])
        if (typeof piece === 'string') this.#written += piece.length;
    }
  }

  /** The counts of a stream are sums: a later one takes the place of an earlier. */
  #count(usage: Usage = {}): void {
    const said = Object.entries(usage).filter(([, count]) => typeof count === 'number');
    if (said.length > 0) this.#counted = { ...this.#counted, ...Object.fromEntries(said) };
  }
}
