/** One attempt of a request, as `log` is told of it. It has no key in it, no query and no content. */
export interface RequestLog {
  readonly method: string;
  /** Without its query. */
  readonly url: string;
  /** 1 for the first, one more for each that followed a failure. */
  readonly attempt: number;
  /** In milliseconds: to the end of the answer; of a stream or a file, to its beginning. */
  readonly durationMs: number;
  /** The HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** Names the request in the server's logs. */
  readonly requestId: string | undefined;
  /** What the attempt failed with; of a refusal it says what the server said. */
  readonly error: unknown;
}
