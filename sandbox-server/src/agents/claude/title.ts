import type { ToolUse } from './rules.ts';

const verbs: Record<string, string> = {
  Read: 'Read',
  Write: 'Write',
  Edit: 'Edit',
  MultiEdit: 'Edit',
  WebFetch: 'Fetch',
};
const limit = 200;

/** A call in a line. */
export function titleOf({ name, input }: ToolUse): string {
  if (name === 'Bash') return line(textIn(input, 'description') ?? 'Run a command');
  if (name === 'AskUserQuestion') return 'Asks a question';
  const subject = textIn(input, 'file_path') ?? textIn(input, 'url');
  return line(subject === undefined ? name : `${verbs[name] ?? name} ${subject}`);
}

function textIn(input: Record<string, unknown>, key: string): string | undefined {
  const value = input[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const line = (text: string) => text.replace(/\s+/g, ' ').slice(0, limit);
