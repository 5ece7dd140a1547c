import { z } from '@hono/zod-openapi';
import { type AgentEvent, Frame } from '@sandgate/api-spec';
import { describe, expect, it } from 'vitest';
import { exactMatch } from './exact-match.ts';

const isExact = exactMatch(Frame);
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

describe('exactMatch', () => {
  it.each(['status', 'message', 'message.delta', 'message.snapshot', 'tool.delta', 'tool.snapshot', 'tool.result'])(
    'knows a %s as it is usually said',
    (type) => {
      for (const event of events.filter((one) => one.type === type)) {
        expect(isExact({ cursor: 1, event })).toBe(true);
        expect(isExact({ cursor: 7, from: 3, event })).toBe(true);
      }
    },
  );

  it('says yes to nothing of which the schema makes anything else', () => {
    let [exact, other] = [0, 0];
    for (const event of events)
      for (const variant of variants({ cursor: 7, from: 3, event })) {
        const text = JSON.stringify(variant) ?? 'null';
        const value = JSON.parse(text);
        const parsed = Frame.safeParse(value);
        if (!isExact(value)) {
          other += 1;
          continue;
        }
        expect(JSON.stringify(parsed.data)).toBe(text);
        exact += 1;
      }
    expect(exact).toBeGreaterThan(50);
    expect(other).toBeGreaterThan(500);
  });

  it('leaves to the schema what it does not know', () => {
    expect(exactMatch(z.iso.datetime())('2026-12-01T12:00:00.000Z')).toBe(false);
    expect(exactMatch(z.string().min(3))('long enough')).toBe(false);
    expect(exactMatch(z.array(z.string()).max(1))(['a'])).toBe(false);
    expect(exactMatch(z.strictObject({}))({})).toBe(false);
    expect(exactMatch(z.int().max(3))(3)).toBe(false);
    expect(exactMatch(z.number())(3)).toBe(false);
    expect(exactMatch(z.string().transform(Number))('3')).toBe(false);
    expect(exactMatch(z.object({ a: z.string() }).refine(() => false))({ a: '' })).toBe(false);
  });
});
