/** Lines of a program, each at the number that it has on its page: so that whatever goes wrong names the page's line. */
export class Listing {
  readonly #lines: string[] = [];

  /** @param line from 1 */
  put(line: number, text: string): void {
    for (const [index, content] of text.split('\n').entries()) {
      const before = this.#lines[line - 1 + index];
      this.#lines[line - 1 + index] = before ? `${before} ${content}` : content;
    }
  }

  toString(): string {
    return `${Array.from(this.#lines, (line) => line ?? '').join('\n')}\n`;
  }
}
