import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayRoutes } from '@sandgate/api-spec';
import type { GatewayEnv } from '../gateway-env.ts';
import { settled } from '../orchestrator/settled.ts';
import { sessionOf } from '../session-handle.ts';
import { eventStream } from './event-stream.ts';
import { cursorBehind, positionOf } from './list-cursor.ts';

export function logRoutes(app: OpenAPIHono<GatewayEnv>): void {
  app.openapi(gatewayRoutes.getEvents, async (c) => {
    const { after, types, limit = 100 } = c.req.valid('query');
    const cursor = c.req.valid('header')['last-event-id'] ?? after?.toString();
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    if (c.req.header('accept')?.toLowerCase().includes('text/event-stream'))
      return eventStream(orchestrator, { after: cursor, ...(types && { types }) }, c.get('requestId'));
    const { events, hasMore } = await settled(
      orchestrator.listEvents(cursor === undefined ? undefined : Number(cursor), limit, types?.split(',')),
    );
    return c.json({ data: events, nextCursor: hasMore ? String(events.at(-1)?.seq) : null, hasMore }, 200);
  });

  app.openapi(gatewayRoutes.listMessages, async (c) => {
    const { after, limit = 100 } = c.req.valid('query');
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    const { messages, hasMore } = await settled(orchestrator.listMessages(after, limit));
    return c.json({ data: messages, nextCursor: hasMore ? String(messages.at(-1)?.seq) : null, hasMore }, 200);
  });

  app.openapi(gatewayRoutes.listRequests, async (c) => {
    const { status = 'open', after, limit = 100 } = c.req.valid('query');
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    const position = after === undefined ? undefined : positionOf(after);
    const { requests, hasMore } = await settled(orchestrator.listRequests(status, position, limit));
    const last = requests.at(-1);
    const nextCursor = hasMore && last ? cursorBehind({ createdAt: last.createdAt, id: last.requestId }) : null;
    return c.json({ data: requests, nextCursor, hasMore }, 200);
  });

  app.openapi(gatewayRoutes.resume, async (c) => {
    const { orchestrator } = await sessionOf(c.env, c.get('caller'), c.req.valid('param').sessionId);
    return c.json(await settled(orchestrator.resume(c.req.valid('json'))), 200);
  });
}
