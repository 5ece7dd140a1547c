import { ProblemError } from '@sandgate/api-spec';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { log } from './log.ts';

const secret = 'what-nobody-may-read';
const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('a line of the log', () => {
  it('is one line of JSON, whatever is in it', () => {
    const sessionId = 'a\n{"level":"error","message":"forged"}\u2028\u001b[31m';
    log('info', 'request', { sessionId, status: 200 });
    expect(lines).toHaveLength(1);
    for (const sign of ['\n', '\u001b']) expect(lines[0]).not.toContain(sign);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ level: 'info', message: 'request', sessionId, status: 200 });
  });

  it('tells an error without what it quotes', () => {
    const errors = [
      failureOf(() => JSON.parse(`${secret}{`)),
      failureOf(() => z.enum(['a']).parse(secret)),
      failureOf(() => z.strictObject({}).parse({ [secret]: 1 })),
      new ProblemError('invalid_request', secret),
      secret,
      { secret },
    ];
    for (const error of errors) log('error', 'failed', { error });
    expect(lines).toHaveLength(errors.length);
    expect(lines.join()).not.toContain(secret);
    expect(lines[3]).toContain('invalid_request');
  });

  it('tells what the platform says of a failure, and where it was', () => {
    log('error', 'failed', { error: new Error('D1_ERROR: no such table') });
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      error: 'Error: D1_ERROR: no such table',
      stack: expect.stringContaining('log.test.ts'),
    });
  });

  it('names no credential that stands where an id belongs', () => {
    log('info', 'request', { sessionId: 'sg_live_0123' });
    expect(lines[0]).not.toContain('sg_live_0123');
  });
});
