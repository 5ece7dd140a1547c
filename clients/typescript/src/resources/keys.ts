import type { ApiPromise } from '../api-promise.ts';
import type { PagePromise } from '../page.ts';
import type { CreateOptions, RequestOptions, Transport } from '../transport.ts';
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
  create(key: CreateKey, options?: CreateOptions): ApiPromise<NewKey> {
    return this.#transport.json('POST /v1/keys', { json: key }, options);
  }

  /** The newest first. */
  list(query: ListKeys = {}, options?: RequestOptions): PagePromise<Key> {
    return this.#transport.pages('GET /v1/keys', { query }, options);
  }

  get(keyId: string, options?: RequestOptions): ApiPromise<Key> {
    return this.#transport.json('GET /v1/keys/{keyId}', { params: { keyId } }, options);
  }

  /** Makes a key that does the same; the old one ends after `overlapSeconds`, an hour unless told. */
  rotate(keyId: string, rotation: RotateKey = {}, options?: CreateOptions): ApiPromise<NewKey> {
    return this.#transport.json('POST /v1/keys/{keyId}/rotate', { params: { keyId }, json: rotation }, options);
  }

  /** Ends a key, everywhere within five seconds. */
  revoke(keyId: string, options?: RequestOptions): ApiPromise<void> {
    return this.#transport.json('DELETE /v1/keys/{keyId}', { params: { keyId } }, options);
  }
}
