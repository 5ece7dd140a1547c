import type { Budget, ModelUsage } from '@sandgate/api-spec';
import type { TokenCount } from './token-count.ts';

/** What one call of the model used, or may use at most. */
export interface Charge {
  tokens: TokenCount;
  /** Absent where the model has no price. */
  costUsd: number | undefined;
}

interface Row extends Record<string, SqlStorageValue> {
  input: number;
  output: number;
  cache_read: number;
  cache_write: number;
  cost_usd: number;
}

/** How long a call may go unreported, in milliseconds: longer than a model answers. Then it counts as it was reserved. */
const callLimitMs = 15 * 60_000;

/** What a session used of the model, and the calls that are under way. */
export class Ledger {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  usage(): ModelUsage {
    const row = this.#sql.exec<Row>('SELECT * FROM model_usage').one();
    return {
      inputTokens: row.input + row.cache_read + row.cache_write,
      outputTokens: row.output,
      cacheReadTokens: row.cache_read,
      cacheWriteTokens: row.cache_write,
      ...(row.cost_usd > 0 && { costUsd: row.cost_usd }),
    };
  }

  /** Whether a part of the budget is used up. */
  isSpent(budget: Budget): boolean {
    return limitsOf(budget).some(([part, limit]) => this.#used(part) >= limit);
  }

  /** Whether the call may begin: alone always, beside others where all of them fit in at their largest. */
  hasRoom(budget: Budget, call: Charge): boolean {
    const [open] = this.#sql
      .exec<Row & { calls: number }>(
        `SELECT COUNT(*) AS calls, TOTAL(input) AS input, TOTAL(output) AS output, 0 AS cache_read, 0 AS cache_write,
           TOTAL(cost_usd) AS cost_usd FROM model_calls`,
      )
      .toArray();
    if (!open || open.calls === 0) return true;
    const input = open.input + call.tokens.input;
    const output = open.output + call.tokens.output;
    const costUsd = open.cost_usd + (call.costUsd ?? 0);
    const more: { [Part in keyof Budget]-?: number } = {
      inputTokens: input,
      outputTokens: output,
      totalTokens: input + output,
      costUsd,
    };
    return limitsOf(budget).every(([part, limit]) => this.#used(part) + more[part] <= limit);
  }

  /** Notes a call before it is made, with the most that it may use. */
  begin(id: string, { tokens, costUsd }: Charge, now: number): void {
    const sql = 'INSERT OR IGNORE INTO model_calls (id, began_at, input, output, cost_usd) VALUES (?, ?, ?, ?, ?)';
    this.#sql.exec(sql, id, now, tokens.input, tokens.output, costUsd ?? 0);
  }

  /** Counts what a call used. One that is reported twice counts once. */
  end(id: string, charge: Charge): void {
    this.#storage.transactionSync(() => {
      if (this.#sql.exec('DELETE FROM model_calls WHERE id = ? RETURNING id', id).toArray().length > 0)
        this.#add(charge);
    });
  }

  /** Counts the calls that nobody will report any more. */
  settle(now: number): void {
    this.#storage.transactionSync(() => {
      const sql = 'DELETE FROM model_calls WHERE began_at < ? RETURNING input, output, cost_usd';
      for (const { input, output, cost_usd: costUsd } of this.#sql.exec<Row>(sql, now - callLimitMs))
        this.#add({ tokens: { input, output, cacheRead: 0, cacheWrite: 0 }, costUsd });
    });
  }

  #add({ tokens, costUsd = 0 }: Charge): void {
    this.#sql.exec(
      `UPDATE model_usage SET input = input + ?, output = output + ?, cache_read = cache_read + ?,
         cache_write = cache_write + ?, cost_usd = cost_usd + ?`,
      tokens.input,
      tokens.output,
      tokens.cacheRead,
      tokens.cacheWrite,
      costUsd,
    );
  }

  #used(part: keyof Budget): number {
    const { inputTokens, outputTokens, costUsd = 0 } = this.usage();
    return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens, costUsd }[part];
  }

  get #sql(): SqlStorage {
    return this.#storage.sql;
  }
}

function limitsOf(budget: Budget): [keyof Budget, number][] {
  return (Object.entries(budget) as [keyof Budget, number | undefined][]).flatMap(([part, limit]) =>
    limit === undefined ? [] : [[part, limit]],
  );
}
