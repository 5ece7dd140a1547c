/** The base of every error that this package throws of its own. An abort throws the reason of its signal instead. */
export class SandgateError extends Error {
  override readonly name: string = 'SandgateError';
}
