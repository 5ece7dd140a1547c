import { PagePromise } from '../page.ts';
import type { RequestOptions, Transport } from '../transport.ts';
import type { CreateKey, Key, ListKeys, NewKey, RotateKey } from '../types.ts';

/** The keys of the account. Needs the scope `keys:admin`. */
export class Keys {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Makes a key. Its secret, `key`, is shown this once.
   *
   * @example
   * const { key } = await client.keys.create({ name: 'ci', scopes: ['sessions:read', 'turns:write'] });
   * @throws {ApiError} `key_shown_already` where the answer to an earlier attempt was lost: delete that key
   */
  create(key: CreateKey, options?: RequestOptions): Promise<NewKey> {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    return this.#transport.json('POST /v1/keys', { headers, json: key }, options);
  }

  /** The newest first. */
  list(query: ListKeys = {}, options?: RequestOptions): PagePromise<Key> {
    return PagePromise.load((after) =>
      this.#transport.json('GET /v1/keys', { query: after === undefined ? query : { ...query, after } }, options),
    );
  }

  get(keyId: string, options?: RequestOptions): Promise<Key> {
    return this.#transport.json('GET /v1/keys/{keyId}', { params: { keyId } }, options);
  }

  /** Makes a key that does the same; the old one ends after `overlapSeconds`, an hour unless told. */
  rotate(keyId: string, rotation: RotateKey = {}, options?: RequestOptions): Promise<NewKey> {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    return this.#transport.json(
      'POST /v1/keys/{keyId}/rotate',
      { params: { keyId }, headers, json: rotation },
      options,
    );
  }

  /** Ends a key, everywhere within five seconds. */
  async revoke(keyId: string, options?: RequestOptions): Promise<void> {
    await this.#transport.json('DELETE /v1/keys/{keyId}', { params: { keyId } }, options);
  }
}
