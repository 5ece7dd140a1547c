import { ProblemError } from '@sandgate/api-spec';
import type { Caller } from './auth/caller.ts';
import type { Env } from './env.ts';
import { measured, requestScope } from './observe/request-scope.ts';
import type { OrchestratorCalls } from './orchestrator/orchestrator-calls.ts';
import { sessionName } from './session-name.ts';

export interface SessionHandle {
  name: string;
  orchestrator: OrchestratorCalls;
}

/** How often a call to an Orchestrator that is being restarted is made, and the first wait between, in milliseconds. */
const attempts = 4;
const firstWaitMs = 50;

/**
 * The Orchestrator of a session of the caller. The account is part of its name, so that another account's id leads to
 * an object that holds no session: ownership needs no check that could be forgotten.
 */
export async function sessionOf(
  env: Env,
  caller: Pick<Caller, 'accountId'>,
  sessionId: string,
): Promise<SessionHandle> {
  const name = await sessionName(caller.accountId, sessionId);
  const scope = requestScope();
  if (scope) Object.assign(scope, { sessionId, sandbox: name });
  return { name, orchestrator: orchestratorOf(env, name) };
}

/** The Orchestrator by its own name. */
export function orchestratorOf(env: Env, name: string): OrchestratorCalls {
  return persistent(() => env.ORCHESTRATOR.getByName(name));
}

/** The Orchestrator by the id of its object, as the platform lists them. */
export function orchestratorById(env: Env, id: string): OrchestratorCalls {
  return persistent(() => env.ORCHESTRATOR.get(env.ORCHESTRATOR.idFromString(id)));
}

/**
 * Calls that outlive a restart of their object, which each deploy brings. Every call may be made again: those that
 * change something are idempotent by the ids that they carry.
 *
 * @throws ProblemError `restarting` where it stays away.
 */
function persistent(stub: () => object): OrchestratorCalls {
  const call = async (method: string, values: unknown[]) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        // A stub is made anew for each attempt: a broken one stays broken.
        const calls = stub() as Record<string, (...values: unknown[]) => Promise<unknown>>;
        return await calls[method]?.(...values);
      } catch (error) {
        if (!isRestart(error)) throw error;
        if (attempt === attempts)
          throw new ProblemError('restarting', 'The session is being restarted; try again.', { cause: error });
        await scheduler.wait(firstWaitMs * 2 ** attempt);
      }
    }
  };
  return new Proxy({} as OrchestratorCalls, {
    get: (_, method) =>
      typeof method === 'string'
        ? (...values: unknown[]) => measured('orchestrator', () => call(method, values))
        : undefined,
  });
}

/**
 * Whether the object was reset under the call. Only an orderly reset says so by `.retryable` (Durable Objects, "Error
 * handling"); one by a broken storage or an abort does not, but what the object itself has to say comes as a value.
 */
function isRestart(error: unknown): boolean {
  return (error as { overloaded?: boolean }).overloaded !== true;
}
