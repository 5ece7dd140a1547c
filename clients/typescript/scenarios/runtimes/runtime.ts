import type { Door, Scenario } from '../scenario.ts';

/** Where the client runs while it plays. */
export interface Runtime {
  readonly name: string;
  /** Plays scenarios in it until it is closed. */
  start(): Promise<Started>;
}

export interface Started {
  play(scenario: Scenario, door: Door): Promise<void>;
  close(): Promise<void>;
}
