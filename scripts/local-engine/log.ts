/** Logs go to stderr, for people; stdout carries only the one ready line, for programs. Never log an environment. */
export interface Log {
  /** Worth saying always. */
  warn(message: string): void;
  /** Said only with --verbose. */
  debug(message: string): void;
  /** Whether `debug` says anything: what would be costly to put together need not be. */
  verbose: boolean;
}

export function createLog(verbose: boolean): Log {
  // What a sandbox printed may be among it, and the terminal that shows it must not obey.
  const shown = (message: string) => message.replace(/(?![\t\n])\p{Cc}/gu, '\ufffd');
  const write = (message: string) => process.stderr.write(`[local-engine] ${shown(message)}\n`);
  return { verbose, warn: write, debug: (message) => verbose && write(message) };
}
