import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** What plays the scenarios, in one file with the client as it is published. */
export async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '..', entry)],
    bundle: true,
    write: false,
    target: 'es2024',
    ...options,
  });
  return outputFiles?.[0]?.text ?? '';
}
