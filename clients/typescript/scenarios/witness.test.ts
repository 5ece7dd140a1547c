import type { Event } from '@sandgate/client';
import { expect, test } from 'vitest';
import { Witness } from './witness.ts';

const envelope = { at: '2026-11-22T20:34:00.000Z', sessionId: 's', turnId: 't' };
const delta = (text: string): Event => ({ ...envelope, type: 'tool.delta', toolCallId: 'c', stream: 'stdout', text });
const result = { ...envelope, seq: 1, type: 'tool.result', toolCallId: 'c', isError: false, output: 'ab' } as const;
const ran = { ...result, exitCode: 0 };
const live = { isWhole: true, isLive: true };
const late = { isWhole: true, isLive: false };
const cut = { isWhole: false, isLive: false };

function judging(events: Event[], how: typeof live): () => void {
  const witness = new Witness();
  for (const event of events) witness.see(event);
  return () => witness.judge(witness.durable, how);
}

test('what ran must have come in deltas where it was watched', () => {
  expect(judging([delta('a'), delta('b'), ran], live)).not.toThrow();
  expect(judging([ran], live)).toThrow('make "", not "ab"');
  expect(judging([delta('a'), ran], live)).toThrow('make "a", not "ab"');
  expect(judging([result], live)).not.toThrow();
});

test('so must what the agent says, and not what the user said', () => {
  const said = (role: 'user' | 'assistant'): Event => {
    const content = [{ type: 'text' as const, text: 'ab' }];
    return { ...envelope, seq: 1, type: 'message', message: { id: 'm', role, content } };
  };
  expect(judging([said('assistant')], live)).toThrow('make "", not "ab"');
  expect(judging([said('user')], live)).not.toThrow();
});

test('who comes late has all deltas or none, who was cut a beginning', () => {
  expect(judging([ran], late)).not.toThrow();
  expect(judging([delta('a'), ran], late)).toThrow('make "a", not "ab"');
  expect(judging([delta('a'), ran], cut)).not.toThrow();
  expect(judging([delta('b'), ran], cut)).toThrow('make "b", not "ab"');
});
