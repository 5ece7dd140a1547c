import type { CreateSession } from '@sandgate/api-spec';
import { openRules, sealRules } from '../egress/sealed-rule.ts';
import { log } from '../observe/log.ts';
import { openEnv, sealEnv } from '../sandbox/sealed-env.ts';
import type { Inheritance, Sealed } from './fork.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

/** What is secret of a body, encrypted for the session of this name. */
export async function sealSecrets(
  masterSecret: string | undefined,
  name: string,
  { egress, env }: Pick<CreateSession, 'egress' | 'env'>,
): Promise<Partial<Sealed>> {
  return {
    ...(egress && { egress: await sealRules(masterSecret, name, egress.allow) }),
    ...(env && { env: await sealEnv(masterSecret, name, env) }),
  };
}

/** What is secret of a session, for a fork that takes it over. */
export async function openSecrets(
  masterSecret: string | undefined,
  { name, egress, env }: SessionRecord,
): Promise<Pick<Inheritance, 'egress' | 'env'>> {
  return { egress: await openRules(masterSecret, name, egress), env: await openEnv(masterSecret, name, env) };
}

/** Encrypts the variables that an earlier version kept in the clear. Where that fails, they are as good as they were. */
export async function sealOldEnv(masterSecret: string | undefined, session: SessionStore): Promise<void> {
  const { name, env } = session.get() as SessionRecord;
  try {
    session.setEnv(await sealEnv(masterSecret, name, await openEnv(masterSecret, name, env)));
  } catch (error) {
    log('error', 'variables not encrypted', { error });
  }
}
