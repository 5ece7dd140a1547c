/** Where it is kept. */
const key = 'tokenGeneration';

/** Which generation of the session's tokens is valid. They are kept nowhere, so that all of one are revoked at once. */
export class TokenGeneration {
  readonly #kv: Pick<SyncKvStorage, 'get' | 'put'>;

  constructor(kv: Pick<SyncKvStorage, 'get' | 'put'>) {
    this.#kv = kv;
  }

  get current(): number {
    return this.#kv.get<number>(key) ?? 0;
  }

  /** Ends it: the tokens that are made from now on are of another. */
  end(): void {
    this.#kv.put(key, this.current + 1);
  }
}
