import type { Caller } from './auth/api-key.ts';
import type { Env } from './env.ts';
import type { OrchestratorCalls } from './orchestrator/orchestrator.ts';
import { sessionName } from './session-name.ts';

export interface SessionHandle {
  name: string;
  orchestrator: OrchestratorCalls;
}

/**
 * The Orchestrator of a session of the caller. The account is part of its name, so that another account's id leads to
 * an object that holds no session: ownership needs no check that could be forgotten.
 */
export async function sessionOf(env: Env, caller: Caller, sessionId: string): Promise<SessionHandle> {
  const name = await sessionName(caller.accountId, sessionId);
  // Free JSON (`unknown`) makes the stub's own type give up; the calls are the class's.
  return { name, orchestrator: env.ORCHESTRATOR.getByName(name) as unknown as OrchestratorCalls };
}
