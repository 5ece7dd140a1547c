import type { AgentName } from '@sandgate/api-spec';
import type { Agent } from '../agent.ts';
import type { Config } from '../config.ts';
import { AcpAgent } from './acp/acp.ts';
import { ClaudeAgent } from './claude/claude.ts';
import { ScriptedAgent } from './scripted.ts';
import { ShellAgent } from './shell.ts';

/** The agents that this server knows, by name. */
export function agentsOf(config: Config): ReadonlyMap<AgentName, Agent> {
  const agents = new Map<AgentName, Agent>([
    ['shell', new ShellAgent(config.tools)],
    ['claude', new ClaudeAgent(config)],
    ['acp', new AcpAgent(config.tools)],
  ]);
  if (config.allowScripted) agents.set('scripted', new ScriptedAgent());
  return agents;
}
