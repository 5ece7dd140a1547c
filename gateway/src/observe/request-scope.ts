import { AsyncLocalStorage } from 'node:async_hooks';
import type { Trace } from '@sandgate/api-spec';
import { type Phase, Phases } from './phases.ts';

/** What is noted of a request on its way through the gateway, by whoever knows. */
export class RequestScope {
  readonly requestId: string;
  readonly trace: Trace;
  readonly phases = new Phases();
  sessionId: string | undefined;
  sandbox: string | undefined;
  turnId: string | undefined;

  constructor(requestId: string, trace: Trace) {
    this.requestId = requestId;
    this.trace = trace;
  }
}

const scopes = new AsyncLocalStorage<RequestScope>();

export function inScope<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** The request that this work is done for; none in an object and in the consumer of a queue. */
export function requestScope(): RequestScope | undefined {
  return scopes.getStore();
}

/** Does the work, and counts its time to the request that it is done for. */
export function measured<T>(phase: Phase, work: () => Promise<T>): Promise<T> {
  const scope = requestScope();
  return scope ? scope.phases.measure(phase, work) : work();
}
