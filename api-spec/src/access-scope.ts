import { type RouteConfig, z } from '@hono/zod-openapi';

/** What a credential may do. Each route of the gateway names the one that it needs: see `gateway/route-parts.ts`. */
export const scopeMeanings = {
  'sessions:read': 'read sessions, their turns, events, messages, requests, logs and snapshots',
  'sessions:write': 'create, change, delete, put to sleep and wake sessions, and take snapshots',
  'turns:write': 'give the agent something to do, and stop it',
  'requests:write': 'answer what the agent asks a person for',
  'files:read': 'read files',
  'files:write': 'write files',
  'tokens:write': 'make and revoke tokens of sessions',
  'account:read': 'read the limits and the use of the account',
  'audit:read': 'read who administered keys and sessions',
  'keys:admin': 'list, make, rotate and revoke keys',
  'webhooks:admin': 'list, make, change, test and delete webhooks, and see and repeat what they were sent',
} as const;

export type AccessScope = keyof typeof scopeMeanings;
export const accessScopes = Object.keys(scopeMeanings) as [AccessScope, ...AccessScope[]];

/** What a token of a session may do there: not what changes the session itself, its permission mode above all. */
export const sessionScopes = [
  'sessions:read',
  'turns:write',
  'requests:write',
  'files:read',
  'files:write',
] as const satisfies AccessScope[];

const meanings = accessScopes.map((scope) => `\`${scope}\`: ${scopeMeanings[scope]}.`).join(' ');

export const AccessScope = z.enum(accessScopes).openapi('AccessScope', {
  description: `What a credential may do. ${meanings}`,
  example: 'sessions:read',
});

export const AccessScopes = z
  .array(AccessScope)
  .min(1)
  .max(accessScopes.length)
  .refine((scopes) => new Set(scopes).size === scopes.length, 'Names one twice')
  .openapi({ description: 'What it may do.', example: ['sessions:read', 'turns:write'] });

/**
 * The scope that a route needs; undefined where it needs no credential.
 *
 * @throws where the route does not say.
 */
export function scopeOf({ method, path, security }: RouteConfig): AccessScope | undefined {
  if (security?.length === 0) return undefined;
  const scopes = new Set(security?.flatMap((requirement) => Object.values(requirement).flat()));
  const [scope] = scopes;
  if (scopes.size !== 1 || !AccessScope.safeParse(scope).success)
    throw new Error(`${method} ${path} does not name the one scope that it needs.`);
  return scope as AccessScope;
}

/** Whether a route also takes a token of the session that it is about. */
export function takesSessionToken({ security }: RouteConfig): boolean {
  return security?.some((requirement) => 'sessionToken' in requirement) ?? false;
}
