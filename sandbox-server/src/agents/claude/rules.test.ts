import type { AgentOptions, PermissionMode } from '@sandgate/api-spec';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { ToolRules } from './rules.ts';

type Mode = z.infer<typeof PermissionMode>;
const verdict = (mode: Mode, options: AgentOptions, name: string, input: Record<string, unknown> = {}) =>
  new ToolRules(options, mode, '/workspace').verdict({ name, input });
const bash = (allowed: string, command: string) => verdict('ask', { allowedTools: [allowed] }, 'Bash', { command });
const edit = (mode: Mode, file_path: string, options: AgentOptions = {}) =>
  verdict(mode, options, 'Edit', { file_path });

describe('ToolRules', () => {
  test('looking is free, all else is asked for', () => {
    expect(verdict('ask', {}, 'Read', { file_path: '/workspace/a' })).toBe('allow');
    for (const name of ['Bash', 'Write', 'WebFetch', 'mcp__issues__close', 'ToolOfTomorrow'])
      expect(verdict('ask', {}, name), name).toBe('ask');
  });

  test('acceptEdits lets the workspace be edited, and nothing outside of it', () => {
    expect(edit('acceptEdits', '/workspace/src/a.ts')).toBe('allow');
    expect(edit('acceptEdits', 'src/a.ts')).toBe('allow');
    for (const path of ['/home/agent/.bashrc', '/workspace/../etc/passwd', '../x', '/workspace2/a', '/workspace'])
      expect(edit('acceptEdits', path), path).toBe('ask');
    expect(verdict('acceptEdits', {}, 'Bash', { command: 'true' })).toBe('ask');
    expect(verdict('acceptEdits', {}, 'Edit')).toBe('ask');
  });

  test('what is denied is denied in every mode, also where a rule allows it', () => {
    const options = { allowedTools: ['*'], deniedTools: ['WebFetch', 'Bash(rm *)', 'mcp__mail__*'] };
    for (const mode of ['ask', 'acceptEdits', 'bypass'] as const) {
      expect(verdict(mode, options, 'WebFetch')).toBe('deny');
      expect(verdict(mode, options, 'Bash', { command: 'rm -rf .' })).toBe('deny');
      expect(verdict(mode, options, 'mcp__mail__send')).toBe('deny');
      expect(verdict(mode, options, 'Bash', { command: 'ls' })).toBe('allow');
    }
  });

  test('a pattern holds the whole command', () => {
    expect(bash('Bash(npm test)', 'npm test')).toBe('allow');
    expect(bash('Bash(npm test)', 'npm test2')).toBe('ask');
    expect(bash('Bash(git *)', 'git log --oneline')).toBe('allow');
    expect(bash('Bash(g.t *)', 'git log')).toBe('ask');
  });

  test.each([
    'git log; rm x',
    'git log && rm x',
    'git log | sh',
    'git $(rm x)',
    'git `rm x`',
    'git log > x',
    'git a\nrm x',
  ])('a pattern lets no second command through: %j', (command) => {
    expect(bash('Bash(git *)', command)).toBe('ask');
    expect(bash(`Bash(${command})`, command)).toBe('allow');
  });

  test('a pattern of a file is held against its path in the workspace', () => {
    const options = { allowedTools: ['Edit(src/**)'] };
    expect(edit('ask', '/workspace/src/deep/a.ts', options)).toBe('allow');
    expect(edit('ask', 'src/a.ts', options)).toBe('allow');
    for (const path of ['/workspace/other/a.ts', '/workspace/src/../secret', 'src/../secret', '/src/a.ts'])
      expect(edit('ask', path, options), path).toBe('ask');
  });
});
