import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What `npm start` keeps between its runs. */
export interface State {
  /** The folder of it all, readable by its owner only. */
  folder: string;
  /** Durable Objects and D1. */
  data: string;
  engine: string;
  image: string;
  apiKey: string;
  masterSecret: string;
}

/** The shortest key that is accepted: a key is looked up by an unsalted digest, so that it must not be guessable. */
const shortestKey = 24;

/**
 * Opens the state in a folder, and makes what is missing.
 *
 * @throws where the given key is too short to be one.
 */
export function openState(folder: string, presetKey: string | undefined): State {
  const root = resolve(folder);
  const state = { folder: root, data: join(root, 'data'), engine: join(root, 'engine'), image: join(root, 'image') };
  for (const path of Object.values(state)) mkdirSync(path, { recursive: true, mode: 0o700 });
  if (presetKey !== undefined && !/^[\x21-\x7e]+$/.test(presetKey))
    throw new Error('SANDGATE_API_KEY holds a character that no header can carry.');
  if (presetKey !== undefined && presetKey.length < shortestKey)
    throw new Error(
      `SANDGATE_API_KEY is too short: give at least ${shortestKey} characters, or unset it to have one made.`,
    );
  const apiKey = presetKey ?? kept(join(root, 'api-key'), () => `sg_local_${randomBytes(24).toString('hex')}`);
  return { ...state, apiKey, masterSecret: kept(join(root, 'master-secret'), () => randomBytes(32).toString('hex')) };
}

/** A secret that is made once, in a file that only its owner reads. */
function kept(path: string, make: () => string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const secret = make();
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}
