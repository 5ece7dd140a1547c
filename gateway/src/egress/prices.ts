import { z } from '@hono/zod-openapi';
import type { TokenCount } from './token-count.ts';

const perMillion = z.number().min(0);

/** US dollars for a million tokens of each kind, by the beginning of a model's name. */
const PriceTable = z.record(
  z.string().min(1),
  z.strictObject({ input: perMillion, output: perMillion, cacheRead: perMillion, cacheWrite: perMillion }),
);
type PriceTable = z.infer<typeof PriceTable>;

/** What models cost, as the configuration says it. */
export class Prices {
  readonly #table: PriceTable;

  /** @throws where it is no table of prices. */
  constructor(json: string | undefined) {
    this.#table = PriceTable.parse(JSON.parse(json || '{}'));
  }

  get isEmpty(): boolean {
    return Object.keys(this.#table).length === 0;
  }

  /** In US dollars; undefined where the model has no price. The longest name that fits counts. */
  costOf(model: string, tokens: TokenCount): number | undefined {
    const name = Object.keys(this.#table)
      .filter((prefix) => model.startsWith(prefix))
      .reduce<string | undefined>((best, prefix) => (prefix.length > (best?.length ?? 0) ? prefix : best), undefined);
    const price = name === undefined ? undefined : this.#table[name];
    if (!price) return undefined;
    const { input, output, cacheRead, cacheWrite } = tokens;
    const sum =
      input * price.input + output * price.output + cacheRead * price.cacheRead + cacheWrite * price.cacheWrite;
    return sum / 1_000_000;
  }
}
