import { z } from '@hono/zod-openapi';
import { type AgentEvent, Frame, frameLimit } from '@sandgate/api-spec';
import { describe, expect, it } from 'vitest';
import { exactText } from './exact-text.ts';

const isExact = (schema: z.ZodType, text: string) => new RegExp(`^${exactText(schema)}$`).test(text);
const frame = new RegExp(`^${exactText(Frame)}$`);
const question = { requestId: 'r', kind: 'permission' as const, tool: 'shell', title: 't', options: [], input: {} };
const events: AgentEvent[] = [
  { type: 'status', status: { state: 'working', detail: 'Running' } },
  { type: 'status', status: { state: 'thinking' } },
  { type: 'message', message: { id: 'm', role: 'assistant', content: [{ type: 'text', text: 'Hello' }] } },
  { type: 'message.delta', messageId: 'm', text: 'Hel' },
  { type: 'message.snapshot', messageId: 'm', text: 'Hello' },
  { type: 'tool.call', toolCallId: 'c', name: 'shell', input: { script: 'ls' } },
  { type: 'tool.delta', toolCallId: 'c', stream: 'stderr', text: 'x' },
  { type: 'tool.snapshot', toolCallId: 'c', text: 'x', truncated: false },
  { type: 'tool.result', toolCallId: 'c', isError: false, exitCode: -1, output: 'x' },
  { type: 'permission.requested', ...question, expiresAt: '2026-12-01T12:00:00.000Z' },
  { type: 'permission.resolved', requestId: 'r', decision: 'allow', by: 'user' },
  { type: 'usage', inputTokens: 0, outputTokens: 3 },
  { type: 'error', code: 'x', message: 'y', retryable: true },
  { type: 'complete', stopReason: 'end_turn', usage: { inputTokens: 1, outputTokens: 1 } },
];

/** Every value that comes of one when a part of it is left out, added, moved, repeated or replaced. */
function* variants(value: unknown): Generator<unknown> {
  for (const other of [null, undefined, true, 0, -1, 1.5, 1e300, '', 'status', [], {}, [value], { value }]) yield other;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    yield [...value, ...value];
    for (const [index, element] of value.entries())
      for (const variant of variants(element)) yield value.with(index, variant);
    return;
  }
  const properties = Object.entries(value);
  yield Object.fromEntries(properties.toReversed());
  yield { ...value, more: 1 };
  yield { ...value, toString: 'x' };
  yield Object.fromEntries([['__proto__', { cursor: 1 }], ...properties]);
  for (const [key, property] of properties) {
    yield Object.fromEntries(properties.filter(([name]) => name !== key));
    for (const variant of variants(property)) yield { ...value, [key]: variant };
  }
}

/** Every text that comes of one when a piece of it is left out, repeated, or replaced. */
function* misspelt(text: string): Generator<string> {
  const pieces = [
    '"',
    '\\',
    ',',
    ':',
    '{',
    '}',
    '[',
    ' ',
    '\n',
    '\0',
    '0',
    '-',
    'e',
    '\\"',
    '\\/',
    '\\u0041',
    '\\u000a',
  ];
  for (let at = 0; at <= text.length; at += 1) {
    yield text.slice(0, at) + text.slice(at + 1);
    yield text.slice(0, at + 1) + text.slice(at);
    for (const piece of pieces) {
      yield text.slice(0, at) + piece + text.slice(at);
      yield text.slice(0, at) + piece + text.slice(at + 1);
    }
  }
}

/** What the schema makes of a text, as a text; `undefined` where that is no JSON, or another value. */
function read(text: string): string | undefined {
  try {
    return JSON.stringify(Frame.parse(JSON.parse(text)));
  } catch {
    return undefined;
  }
}

describe('exactText', () => {
  it.each(['status', 'message', 'message.delta', 'message.snapshot', 'tool.delta', 'tool.snapshot', 'tool.result'])(
    'knows a %s as it is usually said',
    (type) => {
      for (const event of events.filter((one) => one.type === type)) {
        expect(JSON.stringify({ cursor: 1, event })).toMatch(frame);
        expect(JSON.stringify({ cursor: 7, from: 3, event })).toMatch(frame);
      }
    },
  );

  it('matches nothing of which the schema makes anything else', () => {
    let [exact, other] = [0, 0];
    const check = (text: string) => {
      if (frame.test(text)) {
        exact += 1;
        expect(read(text)).toBe(text);
      } else other += 1;
    };
    for (const event of events) {
      for (const variant of variants({ cursor: 7, from: 3, event })) check(JSON.stringify(variant) ?? 'null');
      for (const text of misspelt(JSON.stringify({ cursor: 7, from: 3, event }))) check(text);
    }
    expect(exact).toBeGreaterThan(500);
    expect(other).toBeGreaterThan(5000);
  });

  it('knows each string as it is written, and in no other way', () => {
    for (let code = 0; code < 0x250; code += 1) {
      const text = JSON.stringify(`a${String.fromCharCode(code)}b`);
      expect(isExact(z.string(), text), text).toBe(true);
      const escaped = `"\\u${code.toString(16).padStart(4, '0')}"`;
      expect(isExact(z.string(), escaped), escaped).toBe(JSON.stringify(JSON.parse(escaped)) === escaped);
    }
    for (const text of ['"', '"\\"', '"\\x"', '"\\u00"', '"a"b"', "'a'", '"\u001f"'])
      expect(isExact(z.string(), text), text).toBe(false);
  });

  it('takes texts that are as long as a frame may be', () => {
    for (const piece of ['x', '\n', 'x\n', '"', '\\', '🦆']) {
      const long = JSON.stringify({ cursor: 1, event: { type: 'message.delta', messageId: 'm', text: '' } }).replace(
        '"text":""',
        () => `"text":${JSON.stringify(piece.repeat(frameLimit / JSON.stringify(piece).length))}`,
      );
      expect(frame.test(long), JSON.stringify(piece)).toBe(true);
      expect(frame.test(long.slice(0, -3)), JSON.stringify(piece)).toBe(false);
    }
  });

  it('leaves to the schema what it does not know', () => {
    expect(isExact(z.iso.datetime(), '"2026-12-01T12:00:00.000Z"')).toBe(false);
    expect(isExact(z.string().min(3), '"long enough"')).toBe(false);
    expect(isExact(z.array(z.string()).max(1), '["a"]')).toBe(false);
    expect(isExact(z.strictObject({}), '{}')).toBe(false);
    expect(isExact(z.strictObject({ a: z.string() }), '{"a":""}')).toBe(false);
    expect(isExact(z.object({ a: z.string().optional() }), '{"a":""}')).toBe(false);
    expect(isExact(z.int().max(3), '3')).toBe(false);
    expect(isExact(z.int().min(3), '3')).toBe(false);
    expect(isExact(z.number(), '3')).toBe(false);
    expect(isExact(z.string().transform(Number), '"3"')).toBe(false);
    expect(
      isExact(
        z.object({ a: z.string() }).refine(() => false),
        '{"a":""}',
      ),
    ).toBe(false);
  });
});
