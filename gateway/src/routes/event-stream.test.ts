import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { neverEndEventSources } from './event-stream.ts';

/** Each path fails in its own way. */
const app = new Hono();
app.use(neverEndEventSources);
app.get('/failing/events', () => {
  throw new Error('no database');
});
app.get('/refusing/events', (c) => c.text('no such session', 404));
app.get('/failing', (c) => c.text('not now', 503));

const eventSource = { headers: { accept: 'text/event-stream' } };

describe('neverEndEventSources', () => {
  it('answers a stream that fails on our side with an empty one, which sends the reader back', async () => {
    const response = await app.request('/failing/events', eventSource);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toBe('retry: 1000\n\n');
  });

  it('leaves refusals, and what is no stream, as they are', async () => {
    expect((await app.request('/refusing/events', eventSource)).status).toBe(404);
    expect((await app.request('/failing', eventSource)).status).toBe(503);
    expect((await app.request('/failing/events')).status).toBe(500);
  });
});
