import { createRoute } from '@hono/zod-openapi';
import { json, jsonBody, refusals } from '../route-parts.ts';
import { CreateSessionToken, SessionToken } from '../session-token.ts';
import { ofSession, requires, sessionParams, withJson } from './route-parts.ts';

const tags = ['Tokens'];

export const tokenRoutes = {
  createSessionToken: createRoute({
    operationId: 'createSessionToken',
    method: 'post',
    path: '/v1/sessions/{sessionId}/tokens',
    tags,
    security: requires('tokens:write'),
    summary: 'Make a token for a session',
    description:
      'Makes a token that is good for this session only, for a short time and some scopes: for a browser, which never sees your key. Where it is used is known to you: it is not stored, and not listed.',
    request: { params: sessionParams, body: jsonBody(CreateSessionToken) },
    responses: { 201: json(SessionToken, 'The token.'), ...refusals(...ofSession, ...withJson) },
  }),
  revokeSessionTokens: createRoute({
    operationId: 'revokeSessionTokens',
    method: 'delete',
    path: '/v1/sessions/{sessionId}/tokens',
    tags,
    security: requires('tokens:write'),
    summary: "Revoke a session's tokens",
    description:
      'Refuses all tokens that were made for the session so far, everywhere within five seconds, and ends what is streamed to them.',
    request: { params: sessionParams },
    responses: { 204: { description: 'They are revoked.' }, ...refusals(...ofSession) },
  }),
};
