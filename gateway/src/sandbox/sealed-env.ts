import { type SealedFor, seal, unseal } from '../seal.ts';

/** The variables of a session as they are kept: encrypted, or `{}` where there are none. */
export type SealedEnv = string;

const sealedFor = (masterSecret: string | undefined, session: string): SealedFor => ({
  ...{ masterSecret, owner: session, use: 'sandgate session env' },
});

/** Encrypts the variables of one session. What is kept of another does not open. */
export async function sealEnv(
  masterSecret: string | undefined,
  session: string,
  env: Record<string, string> = {},
): Promise<SealedEnv> {
  return Object.keys(env).length === 0 ? '{}' : seal(sealedFor(masterSecret, session), env);
}

/** Whether an earlier version kept them in the clear. */
export const isInTheClear = (sealed: SealedEnv): boolean => sealed.startsWith('{') && sealed !== '{}';

/** @throws where they were encrypted under another secret, for another session, or were changed. */
export async function openEnv(
  masterSecret: string | undefined,
  session: string,
  sealed: SealedEnv,
): Promise<Record<string, string>> {
  // There are none, or an earlier version kept them in the clear.
  if (sealed.startsWith('{')) return JSON.parse(sealed);
  return unseal(sealedFor(masterSecret, session), sealed);
}
