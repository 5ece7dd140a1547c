import type { ApiPromise } from '../api-promise.ts';
import type { CreateOptions, RequestOptions, Transport } from '../transport.ts';
import type { CreateSnapshot, SessionData, Snapshot } from '../types.ts';

const route = '/v1/sessions/{sessionId}/snapshots';

/** The disk of a session as it was. */
export class Snapshots {
  readonly #transport: Transport;
  readonly #sessionId: string;

  constructor(transport: Transport, sessionId: string) {
    this.#transport = transport;
    this.#sessionId = sessionId;
  }

  /** Keeps the disk as it is now. Not while a turn runs. */
  create(snapshot: CreateSnapshot = {}, options?: CreateOptions): ApiPromise<Snapshot> {
    return this.#transport.json(`POST ${route}`, { params: this.#params, json: snapshot }, options);
  }

  /** The oldest first. */
  list(options?: RequestOptions): ApiPromise<Snapshot[]> {
    return this.#transport.json(`GET ${route}`, { params: this.#params }, options).map(({ data }) => data);
  }

  /** Ends the container and has the next begin with that disk: what was changed since is lost. The log stays. */
  restore(snapshotId: string, options?: RequestOptions): ApiPromise<SessionData> {
    const params = { ...this.#params, snapshotId };
    return this.#transport.json(`POST ${route}/{snapshotId}/restore`, { params }, options);
  }

  delete(snapshotId: string, options?: RequestOptions): ApiPromise<void> {
    return this.#transport.json(`DELETE ${route}/{snapshotId}`, { params: { ...this.#params, snapshotId } }, options);
  }

  get #params(): { sessionId: string } {
    return { sessionId: this.#sessionId };
  }
}
