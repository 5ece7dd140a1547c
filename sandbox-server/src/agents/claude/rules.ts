import { isAbsolute, matchesGlob, relative } from 'node:path';
import type { AgentOptions, SandboxChatRequest } from '@sandgate/api-spec';

export interface ToolUse {
  name: string;
  input: Record<string, unknown>;
}

/** Tools that look and think. What a sandbox holds is its session's own. */
const harmless = new Set([
  ...['Read', 'Glob', 'Grep', 'LS', 'ToolSearch', 'ListAgents', 'ReportFindings', 'EnterPlanMode'],
  // These start no work of their own: whatever a helper does is asked for as its own calls.
  ...['Task', 'Agent', 'TaskStop', 'TaskCreate', 'TaskGet', 'TaskList', 'TaskUpdate', 'TodoWrite', 'SendMessage'],
]);
const edits = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);

/** What a pattern is held against, by tool. */
const subjects: Record<string, string> = {
  Bash: 'command',
  Read: 'file_path',
  Edit: 'file_path',
  MultiEdit: 'file_path',
  Write: 'file_path',
  NotebookEdit: 'notebook_path',
  WebFetch: 'url',
};

/** What a shell makes more of a command by. A pattern for `git *` must not let `git log; rm -rf .` through. */
const compound = /[;&|<>`$(){}\n\\]/;

export type Verdict = 'allow' | 'deny' | 'ask';

/**
 * What the session's own rules say of a call. They are ours alone: the settings files, which the agent could write, are
 * not read.
 */
export class ToolRules {
  readonly #options: AgentOptions;
  readonly #mode: SandboxChatRequest['permissionMode'];
  readonly #workspace: string;

  constructor(options: AgentOptions, mode: SandboxChatRequest['permissionMode'], workspace: string) {
    this.#options = options;
    this.#mode = mode;
    this.#workspace = workspace;
  }

  verdict(use: ToolUse): Verdict {
    if (this.#options.deniedTools?.some((rule) => this.#matches(rule, use, 'deny'))) return 'deny';
    if (this.#mode === 'bypass' || harmless.has(use.name)) return 'allow';
    if (this.#mode === 'acceptEdits' && edits.has(use.name) && this.#isInWorkspace(subjectOf(use))) return 'allow';
    return this.#options.allowedTools?.some((rule) => this.#matches(rule, use, 'allow')) ? 'allow' : 'ask';
  }

  #matches(rule: string, use: ToolUse, purpose: 'allow' | 'deny'): boolean {
    const [, tool = '', pattern] = /^([^(]+)(?:\((.+)\))?$/s.exec(rule) ?? [];
    if (!textMatches(tool, use.name)) return false;
    if (pattern === undefined) return true;
    const subject = subjectOf(use);
    if (subject === undefined) return false;
    if (use.name === 'Bash') return textMatches(pattern, subject) && (purpose === 'deny' || isSimple(subject, pattern));
    if (!subjects[use.name]?.endsWith('_path')) return textMatches(pattern, subject);
    const path = isAbsolute(subject) ? relative(this.#workspace, subject) : subject;
    return matchesGlob(path, pattern) || matchesGlob(subject, pattern);
  }

  #isInWorkspace(path: string | undefined): boolean {
    if (path === undefined) return false;
    const inside = relative(this.#workspace, isAbsolute(path) ? path : `${this.#workspace}/${path}`);
    return inside !== '' && !inside.startsWith('..');
  }
}

const isSimple = (command: string, pattern: string) => command === pattern || !compound.test(command);

function subjectOf({ name, input }: ToolUse): string | undefined {
  const subject = input[subjects[name] ?? ''];
  return typeof subject === 'string' ? subject : undefined;
}

/** `*` stands for any text. */
function textMatches(pattern: string, text: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 's').test(text);
}
