import { describe, expect, test } from 'vitest';
import { Requests } from './requests.ts';

const options = [
  { id: 'allow' as const, scope: 'once' as const },
  { id: 'deny' as const, scope: 'once' as const },
];
const code = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('Requests', () => {
  test('hands an answer over once, and takes the same again', async () => {
    const requests = new Requests();
    const { requestId, answered } = requests.open('turn', options);
    expect(requests.isWaiting('turn')).toBe(true);
    const result = { requestId, turnId: 'turn', decision: 'allow' };
    expect(requests.answer({ requestId, decision: 'allow', by: 'user' })).toEqual(result);
    expect(requests.answer({ requestId, decision: 'allow', scope: 'once', by: 'timeout' })).toEqual(result);
    expect(await answered).toEqual({ decision: 'allow', by: 'user' });
    expect(requests.isWaiting('turn')).toBe(false);
  });

  test('refuses another answer, an unknown request, and what was no option', () => {
    const requests = new Requests();
    const { requestId } = requests.open('turn', options);
    const deny = { requestId, decision: 'deny', by: 'user' } as const;
    expect(code(() => requests.answer({ ...deny, requestId: 'other' }))).toBe('request_not_found');
    expect(code(() => requests.answer({ ...deny, scope: 'session' }))).toBe('invalid_request');
    requests.answer(deny);
    expect(code(() => requests.answer({ ...deny, decision: 'allow' }))).toBe('request_already_resolved');
  });

  test('an edit is another answer', () => {
    const requests = new Requests();
    const { requestId } = requests.open('turn', options);
    const allow = { requestId, decision: 'allow', by: 'user' } as const;
    requests.answer({ ...allow, updatedInput: { script: 'a' } });
    expect(code(() => requests.answer(allow))).toBe('request_already_resolved');
    expect(requests.answer({ ...allow, updatedInput: { script: 'a' } }).decision).toBe('allow');
  });

  test('denies what a stopped turn asked, and only that', async () => {
    const requests = new Requests();
    const { answered } = requests.open('one', options);
    requests.open('other', options);
    requests.denyAll('one');
    expect(await answered).toEqual({ decision: 'deny', by: 'interrupt' });
    expect([requests.isWaiting('one'), requests.isWaiting('other')]).toEqual([false, true]);
  });
});
