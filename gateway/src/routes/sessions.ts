import type { OpenAPIHono } from '@hono/zod-openapi';
import { type CreateSession, type ForkSession, gatewayRoutes, ProblemError } from '@sandgate/api-spec';
import { actOf } from '../audit/act.ts';
import { digest, hex } from '../digest.ts';
import type { Env } from '../env.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { requireRoomForSession } from '../limits/account.ts';
import { measured, requestScope } from '../observe/request-scope.ts';
import { canonicalJson } from '../orchestrator/answer.ts';
import { settled } from '../orchestrator/settled.ts';
import { sandboxSecret } from '../sandbox/secret.ts';
import { SessionSandbox } from '../sandbox/session-sandbox.ts';
import { sessionOf } from '../session-handle.ts';
import { derivedId } from '../session-name.ts';
import { listSessions } from './session-list.ts';

/** A session has no more texts than this. */
const metadataFilters = 16;

export function sessionRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.createSession, async (c) => {
    const body: CreateSession = c.req.valid('json') ?? {};
    const caller = c.get('caller');
    const key = c.req.valid('header')['idempotency-key'];
    requireAgent(c.env, body.agent);
    const id = body.id ?? (await newSessionId(caller.accountId, key));
    await requireRoomForSession(c.env, caller.accountId, id);
    const { name, orchestrator } = await sessionOf(c.env, caller, id);
    const bodyDigest = await bodyDigestOf(c.env, body, 'create-session');
    const answer = settled(orchestrator.create({ name, accountId: caller.accountId, id }, bodyDigest, body, actOf(c)));
    const { session, created } = await answer.catch((error) => refuse(error, body));
    return c.json(session, created ? 201 : 200, { location: locationOf(id) });
  });

  app.openapi(gatewayRoutes.fork, async (c) => {
    const body: ForkSession = c.req.valid('json') ?? {};
    const caller = c.get('caller');
    const key = c.req.valid('header')['idempotency-key'];
    const fromId = c.req.valid('param').sessionId;
    const from = { name: (await sessionOf(c.env, caller, fromId)).name, id: fromId };
    const id = body.id ?? (await newSessionId(caller.accountId, key));
    await requireRoomForSession(c.env, caller.accountId, id);
    const { name, orchestrator } = await sessionOf(c.env, caller, id);
    const bodyDigest = await bodyDigestOf(c.env, body, 'fork-session', fromId);
    const answer = settled(
      orchestrator.fork({ name, accountId: caller.accountId, id }, bodyDigest, from, body, actOf(c)),
    );
    const { session, created } = await answer.catch((error) => refuse(error, body));
    return c.json(session, created ? 201 : 200, { location: locationOf(id) });
  });

  app.openapi(gatewayRoutes.listSessions, async (c) => {
    const { status, after, limit = 100 } = c.req.valid('query');
    const metadata = [...new URL(c.req.url).searchParams].flatMap(([name, value]): [string, string][] => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value]];
    });
    if (metadata.length > metadataFilters)
      throw new ProblemError('invalid_request', `metadata: at most ${metadataFilters} filters`, {
        errors: [{ path: 'metadata', message: `At most ${metadataFilters} filters.` }],
      });
    const { accountId } = c.get('caller');
    return c.json(await listSessions(c.env.DB, { accountId, status, metadata, after, limit }), 200);
  });

  app.openapi(gatewayRoutes.getSession, async (c) => {
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    return c.json(await settled(orchestrator.get()), 200);
  });

  app.openapi(gatewayRoutes.updateSession, async (c) => {
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    return c.json(await settled(orchestrator.update(c.req.valid('json'), actOf(c))), 200);
  });

  app.openapi(gatewayRoutes.deleteSession, async (c) => {
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    await settled(orchestrator.delete(actOf(c)));
    return c.body(null, 204);
  });

  app.openapi(gatewayRoutes.sleep, async (c) => {
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    return c.json(await settled(orchestrator.sleep()), 200);
  });

  app.openapi(gatewayRoutes.wake, async (c) => {
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    const settings = await settled(orchestrator.sandboxSettings());
    const sandbox = new SessionSandbox(c.env, { ...settings, trace: requestScope()?.trace });
    await measured('sandbox', () => sandbox.ensure());
    return c.json(await settled(orchestrator.get()), 200);
  });

  app.openapi(gatewayRoutes.getLogs, async (c) => {
    const { limit = 200 } = c.req.valid('query');
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    // The container prints what it likes: it stays JSON, whatever it looks like.
    return c.json(await settled(orchestrator.containerLogs(limit)), 200, { 'x-content-type-options': 'nosniff' });
  });
}

/** Keyed where there may be a secret in the body: from a plain digest a short one could be guessed. */
async function bodyDigestOf(env: Env, body: CreateSession | ForkSession, ...labels: string[]): Promise<string> {
  const plain = hex(await digest(...labels, canonicalJson(body)));
  const isSecret = body.egress !== undefined || ('env' in body && body.env !== undefined);
  return isSecret ? sandboxSecret(env.SANDBOX_MASTER_SECRET, `body ${plain}`) : plain;
}

/** What a deployment lacks is known before there is a session. */
function requireAgent(env: Env, agent: CreateSession['agent']): void {
  if (agent === 'scripted' && env.ALLOW_SCRIPTED_AGENT !== '1')
    throw new ProblemError('agent_unavailable', 'This server does not allow the scripted agent.');
  if (agent === 'claude' && !env.ANTHROPIC_API_KEY)
    throw new ProblemError(
      'agent_unavailable',
      'The agent "claude" needs ANTHROPIC_API_KEY to be set for the gateway.',
    );
}

const locationOf = (id: string) => `/v1/sessions/${encodeURIComponent(id)}`;

/** Where nobody chose the id it is the key that was used before. */
function refuse(error: unknown, { id }: { id?: string | undefined }): never {
  if (error instanceof ProblemError && error.code === 'session_conflict' && id === undefined)
    throw new ProblemError('idempotency_key_reused', 'This idempotency key created a session with another body.');
  throw error;
}

/** With an idempotency key the id follows from it: a repeat finds the same session. */
function newSessionId(accountId: string, idempotencyKey: string | undefined): Promise<string> {
  return derivedId('sess', accountId, idempotencyKey ?? crypto.randomUUID());
}
