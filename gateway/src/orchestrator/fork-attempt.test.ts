import { type ProblemCode, ProblemError } from '@sandgate/api-spec';
import { beforeEach, expect, it, vi } from 'vitest';
import { ForkAttempt } from './fork-attempt.ts';
import { createdSession } from './testing/created-session.ts';

let session: ReturnType<typeof createdSession>;
/** What was done, in order. */
let done: string[];
const make = vi.fn<() => Promise<void>>();
const meanwhile = vi.fn();
const noted = (what: string) => async () => void done.push(what);

beforeEach(() => {
  session = createdSession();
  session.origin.begin('parent', {});
  done = [];
  make.mockReset().mockImplementation(noted('made'));
  meanwhile.mockReset();
});

const attempt = () =>
  new ForkAttempt({
    ...session,
    fork: { make },
    lender: () => ({
      takeBack: async (...given) => {
        done.push(`taken back: ${given}`);
        meanwhile();
        return { value: undefined };
      },
    }),
    deletion: { eraseAll: noted('erased') },
    schedule: { set: noted('scheduled') },
    publisher: { settleIndex: noted('index') },
    onUndone: () => void done.push('undone'),
  });

const fails = (code: ProblemCode) =>
  make.mockImplementationOnce(() => Promise.reject(new ProblemError(code, 'Not now.')));

it('is one, however often it is asked for meanwhile', async () => {
  const one = attempt();
  const made = one.make();
  expect(one.make()).toBe(made);
  await made;
  expect(done).toEqual(['scheduled', 'made', 'index']);
});

it('makes nothing that is there', async () => {
  session.origin.setMade();
  await attempt().make();
  expect(done).toEqual(['scheduled', 'index']);
});

it('leaves nothing where it is refused', async () => {
  fails('snapshot_not_found');
  await expect(attempt().make()).rejects.toMatchObject({ code: 'snapshot_not_found' });
  expect(done).toEqual(['scheduled', 'taken back: sb-1,,true', 'erased', 'undone']);
});

it('stays begun where the other session does not answer, and goes on', async () => {
  const one = attempt();
  for (const code of ['restarting', 'internal_error'] as const) {
    fails(code);
    await expect(one.make()).rejects.toMatchObject({ code });
  }
  make.mockRejectedValueOnce(new Error('reset'));
  await expect(one.make()).rejects.toThrow('reset');
  await one.make();
  expect(done).toEqual(['scheduled', 'scheduled', 'scheduled', 'scheduled', 'made', 'index']);
});

it('gives back what was lent where it was deleted meanwhile, and leaves the rest to its deletion', async () => {
  make.mockImplementationOnce(async () => {
    session.session.bury('');
    throw new ProblemError('session_deleted', 'The fork was deleted.');
  });
  await expect(attempt().make()).rejects.toMatchObject({ code: 'session_deleted' });
  expect(done).toEqual(['scheduled', 'taken back: sb-1,,true']);
});

it('stays a tombstone where it is deleted while it gives back', async () => {
  fails('snapshot_not_found');
  meanwhile.mockImplementationOnce(() => session.session.bury(''));
  await expect(attempt().make()).rejects.toMatchObject({ code: 'snapshot_not_found' });
  expect(done).toEqual(['scheduled', 'taken back: sb-1,,true']);
});
