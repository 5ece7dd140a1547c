import type { Agent } from '../agent.ts';
import type { Config } from '../config.ts';
import { ScriptedAgent } from './scripted.ts';
import { ShellAgent } from './shell.ts';

/** The agents that this server has, by name. */
export function agentsOf({ tools, allowScripted }: Config): ReadonlyMap<string, Agent> {
  const agents = new Map<string, Agent>([['shell', new ShellAgent(tools)]]);
  if (allowScripted) agents.set('scripted', new ScriptedAgent());
  return agents;
}
