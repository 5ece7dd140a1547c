/** The beginning and the end of a text that may be too long to keep. Counts UTF-16 units. */
export class Excerpt {
  readonly #half: number;
  #head = '';
  #tail = '';
  #length = 0;

  constructor(limit: number) {
    this.#half = Math.floor(limit / 2);
  }

  /** How much was left out. */
  get omitted(): number {
    return Math.max(0, this.#length - 2 * this.#half);
  }

  add(text: string): void {
    this.#length += text.length;
    const room = this.#half - this.#head.length;
    this.#head += text.slice(0, room);
    this.#tail += text.slice(room);
    // Cut now and then only: each cut copies.
    if (this.#tail.length > 4 * this.#half) this.#tail = this.#tail.slice(-this.#half);
  }

  toString(): string {
    if (this.omitted === 0) return this.#head + this.#tail;
    // A cut through a surrogate pair leaves half a character, which is dropped.
    const head = this.#head.replace(/[\ud800-\udbff]$/, '');
    const tail = this.#tail.slice(-this.#half).replace(/^[\udc00-\udfff]/, '');
    return `${head}\n[… ${this.omitted} characters left out …]\n${tail}`;
  }
}
