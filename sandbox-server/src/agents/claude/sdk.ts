import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { AgentOptions } from '@sandgate/api-spec';
import type { Program } from '../../tools/program.ts';

/**
 * As much of `@anthropic-ai/claude-agent-sdk` as is used here. Its licence lets nobody pass it on, and it weighs 400 MB:
 * it is an optional peer, loaded with the first turn, and not there where all else is built and checked.
 * `npm run test:claude` holds this against its own types.
 */
export interface ClaudeSdk {
  query: (params: { prompt: AsyncIterable<SdkUserMessage>; options: SdkOptions }) => SdkQuery;
}

/** The messages are looked at with zod: newer versions send kinds that are not known here. */
export interface SdkQuery extends AsyncIterable<unknown> {
  interrupt(): Promise<unknown>;
}

export interface SdkUserMessage {
  type: 'user';
  message: { role: 'user'; content: { type: 'text'; text: string }[] };
  parent_tool_use_id: null;
}

export interface SdkOptions {
  cwd: string;
  env: Record<string, string>;
  sessionId?: string;
  resume?: string;
  model?: string;
  maxTurns?: number;
  systemPrompt: { type: 'preset'; preset: 'claude_code'; append?: string };
  mcpServers: Record<string, SdkMcpServer>;
  mcpServersDelivery: 'initialize';
  strictMcpConfig: true;
  settingSources: [];
  settings: { permissions: { ask: string[] } };
  permissionMode: 'default';
  includePartialMessages: true;
  hooks: { PreToolUse: { timeout: number; hooks: PreToolUse[] }[] };
  canUseTool: CanUseTool;
  spawnClaudeCodeProcess(spawn: { command: string; args: string[]; env: Record<string, string | undefined> }): Program;
}

type McpServer = NonNullable<AgentOptions['mcpServers']>[string];
type SdkMcpServer =
  | (Extract<McpServer, { command: string }> & { type: 'stdio' })
  | (Omit<Extract<McpServer, { url: string }>, 'type'> & { type: 'http' | 'sse' });

/** Asked before each call of a tool, whatever else the CLI makes of it. */
export type PreToolUse = (
  input: { hook_event_name: string; tool_name?: string; tool_input?: unknown },
  toolUseId: string | undefined,
) => Promise<{
  hookSpecificOutput: {
    hookEventName: 'PreToolUse';
    permissionDecision: 'ask' | 'deny' | 'defer';
    permissionDecisionReason?: string;
  };
}>;

/** Asked for the calls that `PreToolUse` says `ask` to. */
export type CanUseTool = (
  toolName: string,
  input: Record<string, unknown>,
  options: { toolUseID: string },
) => Promise<SdkPermission>;

export type SdkPermission =
  | { behavior: 'allow'; updatedInput: Record<string, unknown> }
  | { behavior: 'deny'; message: string };

export const sdkName = '@anthropic-ai/claude-agent-sdk';

/** Where the SDK is; nothing where it is not installed. */
export function findSdk(directory: string | undefined): string | undefined {
  try {
    return createRequire(directory === undefined ? import.meta.url : `${directory}/`).resolve(sdkName);
  } catch {
    return undefined;
  }
}

export const loadSdk = (path: string): Promise<ClaudeSdk> => import(pathToFileURL(path).href);

export function sdkMcpServers(servers: AgentOptions['mcpServers'] = {}): SdkOptions['mcpServers'] {
  return Object.fromEntries(
    Object.entries(servers).map(([name, server]) => [
      name,
      'command' in server ? { type: 'stdio' as const, ...server } : { ...server, type: server.type ?? 'http' },
    ]),
  );
}
