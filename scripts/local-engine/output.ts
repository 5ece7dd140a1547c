/** Docker's names for the streams of a process, as its frames number them. */
const STREAM = { stdout: 1, stderr: 2 } as const;
export type StreamName = keyof typeof STREAM;

/** How much of a container's output is kept: enough for the reason of a failed start, and no more for a flood. */
const KEPT_BYTES = 64 * 1024;

/**
 * One piece of output as Docker sends it where there is no terminal: which stream, how long, then the bytes.
 * @see https://docs.docker.com/reference/api/engine/version/v1.43/#tag/Container/operation/ContainerAttach
 */
export function frame(stream: StreamName, chunk: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header[0] = STREAM[stream];
  header.writeUInt32BE(chunk.length, 4);
  return Buffer.concat([header, chunk]);
}

interface Piece {
  at: Date;
  stream: StreamName;
  chunk: Buffer;
}

/** The last part of what a container printed. It outlives the container's end, so that a failed start can be explained. */
export class OutputLog {
  #kept: Piece[] = [];
  #size = 0;

  add(stream: StreamName, chunk: Buffer): void {
    // A copy, as a slice would hold on to all of the buffer that it was read into.
    const last = Buffer.from(chunk.subarray(Math.max(0, chunk.length - KEPT_BYTES)));
    this.#kept.push({ at: new Date(), stream, chunk: last });
    this.#size += last.length;
    for (let [oldest] = this.#kept; oldest && this.#size > KEPT_BYTES; [oldest] = this.#kept) {
      const excess = Math.min(this.#size - KEPT_BYTES, oldest.chunk.length);
      oldest.chunk = oldest.chunk.subarray(excess);
      this.#size -= excess;
      if (oldest.chunk.length === 0) this.#kept.shift();
    }
  }

  /** @param timestamps begins each frame with its time, as Docker does; Docker's frames are lines, ours are what came at once. */
  frames(streams: readonly StreamName[], timestamps = false): Buffer {
    return Buffer.concat(
      this.#kept
        .filter(({ stream }) => streams.includes(stream))
        .map(({ at, stream, chunk }) =>
          frame(stream, timestamps ? Buffer.concat([Buffer.from(`${at.toISOString()} `), chunk]) : chunk),
        ),
    );
  }
}
