import type { LogLine } from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { sandboxSecret } from './secret.ts';

/** The last part of what a container printed. */
export interface ContainerOutput {
  lines: LogLine[];
  /** Whether there was more before. */
  truncated: boolean;
}

const none: ContainerOutput = { lines: [], truncated: false };

/**
 * What the container of a sandbox printed, also after its end and until the next one starts; nothing where the platform
 * does not hand it out. Does not touch the sandbox's object. A server that prints its environment does not give away
 * its secret; against one that means to, that is no protection.
 */
export async function containerOutput(env: Env, sandboxName: string): Promise<ContainerOutput> {
  if (!env.CONTAINER_OUTPUT) return none;
  try {
    const secret = await sandboxSecret(env.SANDBOX_MASTER_SECRET, sandboxName);
    const response = await env.CONTAINER_OUTPUT.fetch(`http://container/${env.SANDBOX.idFromName(sandboxName)}`);
    if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
    const { lines, truncated } = await response.json<ContainerOutput>();
    return { lines: lines.map((line) => ({ ...line, text: line.text.replaceAll(secret, '[secret]') })), truncated };
  } catch (error) {
    log('error', 'container output not read', { error });
    return none;
  }
}
