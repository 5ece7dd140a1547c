import type { AgentCapabilities, AgentName } from '@sandgate/api-spec';
import type { Agent } from '../agent.ts';
import type { Config } from '../config.ts';
import { findSdk, sdkName } from './claude/sdk.ts';
import { LateAgent } from './late.ts';
import { ScriptedAgent } from './scripted.ts';
import { ShellAgent } from './shell.ts';

const claude: AgentCapabilities = {
  speaks: true,
  asksQuestions: true,
  asksInParallel: true,
  takesEditedInput: true,
  takesDenyMessage: true,
  namesProviderFailures: true,
  limitsTurns: true,
  parks: true,
};

/** As much as the protocol has words for. */
const acp: AgentCapabilities = {
  speaks: true,
  asksQuestions: true,
  asksInParallel: true,
  takesEditedInput: false,
  takesDenyMessage: false,
  namesProviderFailures: false,
  limitsTurns: false,
  parks: false,
};

/** The agents that this server knows, by name. */
export function agentsOf(config: Config): ReadonlyMap<AgentName, Agent> {
  const loadClaude = async () => new (await import('./claude/claude.ts')).ClaudeAgent(config);
  const loadAcp = async () => new (await import('./acp/acp.ts')).AcpAgent(config);
  const agents = new Map<AgentName, Agent>([
    ['shell', new ShellAgent(config.tools)],
    ['claude', new LateAgent(claude, claudeNeeds(config), loadClaude)],
    ['acp', new LateAgent(acp, undefined, loadAcp)],
  ]);
  if (config.allowScripted) agents.set('scripted', new ScriptedAgent());
  return agents;
}

function claudeNeeds({ claude: { directory, baseUrl } }: Config): string | undefined {
  if (findSdk(directory) === undefined) return `the package ${sdkName}`;
  return baseUrl === undefined ? 'ANTHROPIC_BASE_URL' : undefined;
}
