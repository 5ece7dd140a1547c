import { createRoute, z } from '@hono/zod-openapi';
import { Account } from '../account.ts';
import { CreateKey, Key, KeyId, KeyPage, NewKey, RotateKey } from '../key.ts';
import { limit } from '../page.ts';
import { json, jsonBody, refusals } from '../route-parts.ts';
import { idempotencyHeader, ofAccount, requires, withJson } from './route-parts.ts';

const tags = ['Keys'];
const params = z.object({ keyId: KeyId });

export const keyRoutes = {
  createKey: createRoute({
    operationId: 'createKey',
    method: 'post',
    path: '/v1/keys',
    tags,
    security: requires('keys:admin'),
    summary: 'Make a key',
    description:
      'Makes a key with some of the scopes of the key that asks. The answer shows it, and nothing does ever again: where the answer was lost, a repeat with the same Idempotency-Key is 409, and the key that it links to is to be deleted.',
    request: { headers: idempotencyHeader, body: jsonBody(CreateKey) },
    responses: {
      201: json(NewKey, 'The key.'),
      ...refusals(...ofAccount, ...withJson, 'key_limit_reached', 'key_shown_already'),
    },
  }),
  listKeys: createRoute({
    operationId: 'listKeys',
    method: 'get',
    path: '/v1/keys',
    tags,
    security: requires('keys:admin'),
    summary: 'List the keys',
    description:
      'Lists the keys of the account, the newest first; those that have expired too, not those that are revoked.',
    request: {
      query: z.object({
        after: z.string().max(4096).optional().openapi({ description: 'The `nextCursor` of a page.', example: '42' }),
        limit,
      }),
    },
    responses: { 200: json(KeyPage, 'A page of keys.'), ...refusals(...ofAccount) },
  }),
  getKey: createRoute({
    operationId: 'getKey',
    method: 'get',
    path: '/v1/keys/{keyId}',
    tags,
    security: requires('keys:admin'),
    summary: 'Get a key',
    description: 'Answers what is known of a key: never the key itself.',
    request: { params },
    responses: { 200: json(Key, 'The key.'), ...refusals(...ofAccount, 'key_not_found') },
  }),
  rotateKey: createRoute({
    operationId: 'rotateKey',
    method: 'post',
    path: '/v1/keys/{keyId}/rotate',
    tags,
    security: requires('keys:admin'),
    summary: 'Rotate a key',
    description:
      'Makes a key with the name and the scopes of this one, and has this one expire when the overlap is over. The key that asks needs all of these scopes itself.',
    request: {
      params,
      headers: idempotencyHeader,
      body: { content: { 'application/json': { schema: RotateKey } } },
    },
    responses: {
      201: json(NewKey, 'The new key.'),
      ...refusals(...ofAccount, ...withJson, 'key_not_found', 'key_limit_reached', 'key_shown_already'),
    },
  }),
  revokeKey: createRoute({
    operationId: 'revokeKey',
    method: 'delete',
    path: '/v1/keys/{keyId}',
    tags,
    security: requires('keys:admin'),
    summary: 'Revoke a key',
    description: 'Refuses the key from now on, everywhere within five seconds. A repeat is 204 too.',
    request: { params },
    responses: { 204: { description: 'The key is revoked.' }, ...refusals(...ofAccount, 'key_not_found') },
  }),
  getAccount: createRoute({
    operationId: 'getAccount',
    method: 'get',
    path: '/v1/account',
    tags: ['Account'],
    security: requires('account:read'),
    summary: 'Get the account',
    description: 'Answers what the account may have, and what it has.',
    responses: { 200: json(Account, 'The account.'), ...refusals(...ofAccount) },
  }),
};
