import type { AgentCapabilities, StopReason } from '@sandgate/api-spec';
import type { Agent, AgentTurn } from '../agent.ts';

type Work = Pick<Agent, 'run' | 'close'>;

/** An agent that is loaded with its first turn: most sessions need only one, and each costs the start of all. */
export class LateAgent implements Agent {
  readonly capabilities: AgentCapabilities;
  readonly needs: string | undefined;
  readonly #load: () => Promise<Work>;
  #work: Promise<Work> | undefined;

  constructor(capabilities: AgentCapabilities, needs: string | undefined, load: () => Promise<Work>) {
    this.capabilities = capabilities;
    this.needs = needs;
    this.#load = load;
  }

  async run(turn: AgentTurn): Promise<StopReason> {
    this.#work ??= this.#load();
    return (await this.#work).run(turn);
  }

  async close(): Promise<void> {
    await (await this.#work)?.close?.();
  }
}
