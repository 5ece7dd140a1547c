import type { StopReason } from '@sandgate/api-spec';
import type { Feed } from '../orchestrator/feed.ts';
import type { SessionStore } from '../orchestrator/session-store.ts';
import type { TurnRecord, TurnStore } from '../orchestrator/turn-store.ts';
import type { Ledger } from './ledger.ts';
import { ModelRefusal } from './model-refusal.ts';
import type { ModelRequest } from './model-request.ts';
import type { Prices } from './prices.ts';
import { noTokens, type TokenCount } from './token-count.ts';

/** How long a call waits for others to end, where the budget has no room for all of them, in milliseconds. */
const roomLimitMs = 60_000;

interface Parts {
  session: SessionStore;
  turns: TurnStore;
  ledger: Ledger;
  feed: Feed;
  prices: Prices;
  stop: (turn: TurnRecord, reason: StopReason) => Promise<void>;
}

/** Lets a session's calls of the model begin, within its budget, and counts what they used. */
export class ModelDesk {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Begins a call. Where the budget is spent the turn ends first, so that its agent does not go on without a model.
   *
   * @throws ModelRefusal
   */
  async begin(id: string, { model, largest }: Pick<ModelRequest, 'model' | 'largest'>): Promise<void> {
    const { ledger, feed, prices } = this.#parts;
    const tokens = { ...noTokens, ...largest };
    const charge = { tokens, costUsd: prices.costOf(model, tokens) };
    ledger.settle(Date.now());
    const outcome = await feed.watch(roomLimitMs, (isLate): TurnRecord | 'begun' | 'full' | undefined => {
      const turn = this.#activeTurn();
      if (this.#budget.costUsd !== undefined && charge.costUsd === undefined)
        throw new ModelRefusal('invalid_request_error', `The budget is in dollars, and "${model}" has no price here.`);
      if (ledger.isSpent(this.#budget)) return turn;
      if (!ledger.hasRoom(this.#budget, charge)) return isLate ? 'full' : undefined;
      ledger.begin(id, charge, Date.now());
      return 'begun';
    });
    if (outcome === 'begun') return;
    if (outcome === 'full')
      throw new ModelRefusal('rate_limit_error', 'The budget has no room for another call beside those under way.');
    await this.#parts.stop(outcome, 'budget');
    throw new ModelRefusal('billing_error', 'The budget of the session is spent.');
  }

  /** Counts what a call used. */
  end(id: string, model: string, tokens: TokenCount): void {
    const { ledger, feed, prices } = this.#parts;
    ledger.end(id, { tokens, costUsd: prices.costOf(model, tokens) });
    feed.publish([]); // Another call may wait for the room.
  }

  /** What runs on behind a turn has no model: nobody would see what it does, nor could stop it. */
  #activeTurn(): TurnRecord {
    const turn = this.#parts.turns.active();
    if (!turn) throw new ModelRefusal('permission_error', 'The model answers while a turn runs, and none does.');
    if (turn.wantedStop) throw new ModelRefusal('permission_error', 'The turn is being stopped.');
    return turn;
  }

  get #budget() {
    return this.#parts.session.get()?.budget ?? {};
  }
}
