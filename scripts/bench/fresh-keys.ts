import type { Stack } from '../dev/stack.ts';

/** Keys that nobody has used, so that each is looked up. Revoked at the end. */
export class FreshKeys implements AsyncDisposable {
  readonly #stack: Stack;
  readonly #made: { id: string; key: string }[];

  private constructor(stack: Stack, made: { id: string; key: string }[]) {
    this.#stack = stack;
    this.#made = made;
  }

  static async make(stack: Stack, count: number): Promise<FreshKeys> {
    const made: { id: string; key: string }[] = [];
    for (let index = 0; index < count; index += 1) {
      const response = await fetch(`${stack.url}/v1/keys`, {
        method: 'POST',
        headers: { ...bearer(stack.apiKey), 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'bench', scopes: ['sessions:read'] }),
      });
      if (response.status !== 201) throw new Error(`No key: ${await response.text()}`);
      made.push((await response.json()) as { id: string; key: string });
    }
    return new FreshKeys(stack, made);
  }

  get headers(): Record<string, string>[] {
    return this.#made.map(({ key }) => bearer(key));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { id } of this.#made)
      await fetch(`${this.#stack.url}/v1/keys/${id}`, { method: 'DELETE', headers: bearer(this.#stack.apiKey) });
  }
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
