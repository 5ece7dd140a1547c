import { describe, expect, test } from 'vitest';
import type { AgentSays, AgentTurn } from '../../agent.ts';
import { ClaudeEvents } from './events.ts';
import { readMessage } from './messages.ts';

/** What becomes of the SDK's messages. */
function eventsOf(messages: unknown[], signal = new AbortController().signal): AgentSays[] {
  const emitted: AgentSays[] = [];
  const events = new ClaudeEvents({ signal, emit: (event) => emitted.push(event) } as Partial<AgentTurn> as AgentTurn);
  for (const message of messages) {
    const read = readMessage(message);
    if (read) events.take(read);
  }
  return emitted;
}

const stream = (event: object, parent: string | null = null) => ({
  ...{ type: 'stream_event', event, parent_tool_use_id: parent, session_id: 's', uuid: 'u' },
});
const start = (id: string) => stream({ type: 'message_start', message: { id, role: 'assistant' } });
const text = (piece: string) =>
  stream({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } });
const stop = stream({ type: 'message_stop' });
const assistant = (id: string, block: object, parent: string | null = null) => ({
  ...{ type: 'assistant', message: { id, content: [block] }, parent_tool_use_id: parent },
});
const bash = { type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'ls', description: 'List  files' } };
const result = (more: object, own?: unknown) => ({
  type: 'user',
  message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', ...more }] },
  tool_use_result: own,
});

describe('ClaudeEvents', () => {
  test('puts the blocks of an answer together, and ends the message where a tool is called', () => {
    const events = eventsOf([
      start('msg_1'),
      assistant('msg_1', { type: 'thinking', thinking: 'Hm.', signature: 'x' }),
      text('Hel'),
      text('lo'),
      assistant('msg_1', { type: 'text', text: 'Hello' }),
      assistant('msg_1', bash),
      text('And'),
      assistant('msg_1', { type: 'text', text: 'And' }),
      stop,
    ]);
    expect(events).toEqual([
      { type: 'message.delta', messageId: 'msg_1', text: 'Hel' },
      { type: 'message.delta', messageId: 'msg_1', text: 'lo' },
      {
        type: 'message',
        message: {
          id: 'msg_1',
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Hm.' },
            { type: 'text', text: 'Hello' },
          ],
        },
      },
      { type: 'tool.call', toolCallId: 'toolu_1', name: 'Bash', title: 'List files', input: bash.input },
      { type: 'message.delta', messageId: 'msg_1.1', text: 'And' },
      { type: 'message', message: { id: 'msg_1.1', role: 'assistant', content: [{ type: 'text', text: 'And' }] } },
    ]);
  });

  test("tells of a command's output and exit code", () => {
    const call = assistant('msg_1', bash);
    const own = { stdout: 'out', stderr: 'err', interrupted: false };
    const results = [
      eventsOf([call, result({ content: 'out', is_error: false }, own)]),
      eventsOf([call, result({ content: 'Exit code 3\nout', is_error: true }, 'Error: Exit code 3\nout')]),
      eventsOf([call, result({ content: '…' }, { ...own, persistedOutputPath: '/home/agent/x' })]),
    ].map((events) => events.at(-1));
    const about = { type: 'tool.result', toolCallId: 'toolu_1' };
    expect(results).toEqual([
      { ...about, isError: false, output: 'out\nerr', exitCode: 0 },
      { ...about, isError: true, output: 'Exit code 3\nout', exitCode: 3 },
      { ...about, isError: false, output: 'out\nerr', exitCode: 0, truncated: true },
    ]);
  });

  test('says what was interrupted in our words, not in those meant for the model', () => {
    const aborted = AbortSignal.abort();
    const events = eventsOf([assistant('msg_1', bash), result({ content: 'STOP', is_error: true })], aborted);
    expect(events.at(-1)).toMatchObject({ type: 'tool.result', isError: true, output: '[interrupted]' });
  });

  test('tells of the tools of a helper, not of its words', () => {
    const events = eventsOf([
      stream({ type: 'message_start', message: { id: 'msg_h' } }, 'toolu_0'),
      assistant('msg_h', { type: 'text', text: 'I am a helper' }, 'toolu_0'),
      assistant('msg_h', bash, 'toolu_0'),
    ]);
    expect(events).toEqual([expect.objectContaining({ type: 'tool.call', toolCallId: 'toolu_1' })]);
  });

  test('counts what was read from the cache too', () => {
    const usage = { input_tokens: 1, cache_read_input_tokens: 10, cache_creation_input_tokens: 100, output_tokens: 7 };
    const events = eventsOf([{ type: 'result', subtype: 'success', is_error: false, usage }]);
    expect(events).toEqual([{ type: 'usage', inputTokens: 111, outputTokens: 7 }]);
  });

  test('passes over what it does not know', () => {
    const unknown = [
      { type: 'of_tomorrow' },
      { type: 'system', subtype: 'informational', content: 'x' },
      { type: 'stream_event', parent_tool_use_id: null, event: { type: 'of_tomorrow' } },
      assistant('msg_1', { type: 'of_tomorrow' }),
      null,
    ];
    expect(eventsOf(unknown)).toEqual([]);
  });
});
