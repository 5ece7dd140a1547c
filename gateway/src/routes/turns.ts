import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes, ProblemError, type Turn } from '@sandgate/api-spec';
import { digest, hex } from '../digest.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { requireRoomForTurn } from '../limits/account.ts';
import { requestScope } from '../observe/request-scope.ts';
import { canonicalJson } from '../orchestrator/answer.ts';
import type { OrchestratorCalls } from '../orchestrator/orchestrator-calls.ts';
import { settled } from '../orchestrator/settled.ts';
import { sessionOf } from '../session-handle.ts';
import { derivedId } from '../session-name.ts';
import { chatStream, eventStream } from './event-stream.ts';

/** How long a chat that asks for JSON waits for the turn, in seconds. */
const chatWaitSeconds = 60;

export function turnRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.chat, async (c) => {
    const { sessionId } = c.req.valid('param');
    const headers = c.req.valid('header');
    const body = c.req.valid('json');
    const caller = c.get('caller');
    const { name, orchestrator } = await sessionOf(c.env, caller, sessionId);
    const key = headers['idempotency-key'];
    const turnId = await derivedId('turn', name, key ?? crypto.randomUUID());
    await requireRoomForTurn(c.env, caller.accountId, sessionId).catch(async (refusal) => {
      // A turn that is known needs no room: its chat is only repeated.
      if (key === undefined || !(await isKnown(orchestrator, turnId))) throw refusal;
    });
    const bodyDigest = hex(await digest('chat', canonicalJson(body)));
    const respondAsync = /(^|,)\s*respond-async\s*(;|,|$)/i.test(headers.prefer ?? '');
    const scope = requestScope();
    if (scope) scope.turnId = turnId;
    const trace = scope?.trace;
    const location = `/v1/sessions/${encodeURIComponent(sessionId)}/turns/${turnId}`;
    if (respondAsync) {
      const turn = await settled(orchestrator.chat(turnId, bodyDigest, body, true, trace));
      return c.json(turn, 202, { location, 'preference-applied': 'respond-async' });
    }
    if (wantsJson(c.req.header('accept'))) {
      await settled(orchestrator.chat(turnId, bodyDigest, body, false, trace));
      const reached = await settled(orchestrator.getTurn(turnId, chatWaitSeconds));
      scope?.phases.addAll(await settled(orchestrator.turnPhases(turnId)));
      return c.json(reached, isSettled(reached) ? 200 : 202, { location });
    }
    const stream = await chatStream(orchestrator, turnId, { bodyDigest, body, trace }, c.get('requestId'));
    if (!stream.ok) return stream;
    stream.headers.set('location', location);
    stream.headers.set('content-location', `${location}/events`);
    return stream;
  });

  app.openapi(gatewayRoutes.listTurns, async (c) => {
    const { after = 0, limit = 100 } = c.req.valid('query');
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    const { turns, nextCursor, hasMore } = await settled(orchestrator.listTurns(after, limit));
    return c.json({ data: turns, nextCursor, hasMore }, 200);
  });

  app.openapi(gatewayRoutes.getTurn, async (c) => {
    const { sessionId, turnId } = c.req.valid('param');
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), sessionId);
    return c.json(await settled(orchestrator.getTurn(turnId, c.req.valid('query').wait)), 200);
  });

  app.openapi(gatewayRoutes.getTurnEvents, async (c) => {
    const { sessionId, turnId } = c.req.valid('param');
    const after = c.req.valid('header')['last-event-id'] ?? c.req.valid('query').after?.toString();
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), sessionId);
    return eventStream(orchestrator, { turn: turnId, after }, c.get('requestId'));
  });

  app.openapi(gatewayRoutes.interrupt, async (c) => {
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    // Known by its id before it is stopped: a call that is made again, as its object was reset, stops no other turn.
    const turnId = c.req.valid('json')?.turnId ?? (await settled(orchestrator.currentTurn()));
    if (turnId === undefined) return c.json({ interrupted: false }, 200);
    return c.json(await settled(orchestrator.interrupt(turnId)), 200);
  });
}

async function isKnown(orchestrator: OrchestratorCalls, turnId: string): Promise<boolean> {
  try {
    await settled(orchestrator.getTurn(turnId));
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return false;
    throw error;
  }
}

/** Complete, or in the hands of a person: nothing is gained by waiting on. */
function isSettled({ status }: Turn): boolean {
  return status === 'complete' || status === 'waiting';
}

/** A stream unless JSON is asked for, by name and before it. */
function wantsJson(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const types = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase());
  const [json, stream] = [types.indexOf('application/json'), types.indexOf('text/event-stream')];
  return json >= 0 && (stream < 0 || json < stream);
}
