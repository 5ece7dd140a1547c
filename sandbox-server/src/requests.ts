import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ProblemError, type SandboxResumeRequest, type SandboxResumeResult } from '@sandgate/api-spec';
import type { Answer, Ask } from './agent.ts';

interface Entry {
  turnId: string;
  options: Ask['options'];
  answer?: Answer;
  isParked?: true;
  settle(answer: Answer): void;
}

/** How many answered requests are remembered, so that a repeated answer is known as one. */
const answeredKept = 1_000;

/** The questions to a person: those that are open, and how the others were answered. */
export class Requests {
  readonly #entries = new Map<string, Entry>();

  open(turnId: string, options: Ask['options']): { requestId: string; answered: Promise<Answer> } {
    const requestId = `perm_${randomUUID().replaceAll('-', '')}`;
    return { requestId, answered: this.reopen(requestId, turnId, options) };
  }

  /** Opens a request that was parked, under the id that it had. */
  reopen(requestId: string, turnId: string, options: Ask['options']): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#entries.set(requestId, { turnId, options, settle: resolve });
    this.#forgetOldest();
    return promise;
  }

  /** Takes no answer to it any more, until it is opened again. Whether it still waited for one. */
  park(requestId: string): boolean {
    const entry = this.#entries.get(requestId);
    if (!entry || entry.answer) return false;
    entry.isParked = true;
    return true;
  }

  isWaiting(turnId: string): boolean {
    return this.#entries.values().some((entry) => entry.turnId === turnId && !entry.answer && !entry.isParked);
  }

  /**
   * Hands over an answer. The same answer again is as good as the first.
   *
   * @throws {ProblemError} `request_not_found`, `turn_parked`, `request_already_resolved`, or `invalid_request` for an answer that
   * was not among the options.
   */
  answer({ requestId, ...answer }: SandboxResumeRequest): SandboxResumeResult {
    const entry = this.#entries.get(requestId);
    if (!entry) throw new ProblemError('request_not_found', `There is no request "${requestId}".`);
    if (entry.isParked) throw new ProblemError('turn_parked', `The turn "${entry.turnId}" waits without a process.`);
    if (entry.answer && !isSame(entry.answer, answer))
      throw new ProblemError('request_already_resolved', `It was answered "${entry.answer.decision}" before.`);
    if (!entry.answer) {
      requireOption(entry.options, answer);
      settle(entry, answer);
    }
    return { requestId, turnId: entry.turnId, decision: answer.decision };
  }

  /** Nobody can answer what a stopped turn asked. */
  denyAll(turnId: string): void {
    for (const entry of this.#entries.values())
      if (entry.turnId === turnId && !entry.answer) settle(entry, { decision: 'deny', by: 'interrupt' });
  }

  #forgetOldest(): void {
    for (const [requestId, entry] of this.#entries) {
      if (this.#entries.size <= answeredKept) return;
      if (entry.answer || entry.isParked) this.#entries.delete(requestId);
    }
  }
}

function settle(entry: Entry, answer: Answer): void {
  entry.answer = answer;
  entry.settle(answer);
}

function requireOption(options: Ask['options'], { decision, scope = 'once' }: Answer): void {
  if (options.some((option) => option.id === decision && option.scope === scope)) return;
  const message = `"${decision}" with the scope "${scope}" is not an option of this request`;
  throw new ProblemError('invalid_request', `${message}.`, { errors: [{ path: 'scope', message }] });
}

/** What the tool does is the answer; who gave it, and in which words, is not. */
function isSame(one: Answer, other: Answer): boolean {
  const essence = ({ decision, scope = 'once', updatedInput, answers }: Answer) => [
    decision,
    scope,
    updatedInput,
    answers,
  ];
  return isDeepStrictEqual(essence(one), essence(other));
}
