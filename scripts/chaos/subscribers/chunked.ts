/** Takes the chunks out of a body (RFC 9112, 7.1), whatever pieces it comes in. */
export class Chunked {
  #buffer = Buffer.alloc(0);
  /** What is left of the present chunk, with the line end behind it; 0 before a size. */
  #left = 0;
  ended = false;

  decode(bytes: Buffer): Buffer {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const parts: Buffer[] = [];
    while (this.#buffer.length > 0 && !this.ended) {
      if (this.#left === 0) {
        const end = this.#buffer.indexOf('\r\n');
        if (end < 0) break;
        const size = Number.parseInt(this.#buffer.toString('latin1', 0, end), 16);
        this.#buffer = this.#buffer.subarray(end + 2);
        if (size === 0) this.ended = true;
        else this.#left = size + 2;
        continue;
      }
      const piece = this.#buffer.subarray(0, this.#left);
      this.#buffer = this.#buffer.subarray(piece.length);
      this.#left -= piece.length;
      parts.push(piece.subarray(0, Math.max(0, piece.length - Math.max(0, 2 - this.#left))));
    }
    return Buffer.concat(parts);
  }
}
