import type { Door } from './scenario.ts';

/** What `npm run test:clients` says of where to go. */
export function doorOf(env: Record<string, string | undefined>): Door {
  return {
    baseUrl: told(env, 'SANDGATE_BASE_URL'),
    cutsUrl: told(env, 'SANDGATE_CUTS_URL'),
    stumblesUrl: told(env, 'SANDGATE_STUMBLES_URL'),
    apiKey: told(env, 'SANDGATE_API_KEY'),
  };
}

export function told(env: Record<string, string | undefined>, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: this suite is run by \`npm run test:clients\`.`);
  return value;
}
