import { expect, it } from 'vitest';
import { isCut, reached } from './unreached.ts';

it.each(['the container is not listening in the TCP address 10.0.0.1:8080', 'Container is not listening to port 8080'])(
  'knows that nobody took the request: %s',
  async (why) => {
    const response = new Response(`Error proxying request to container: ${why}`, { status: 500 });
    expect(await reached(response)).toBeUndefined();
  },
);

it('takes any other failure for one behind the request, and keeps what it says', async () => {
  const text = 'Container suddenly disconnected, try again';
  const response = await reached(new Response(text, { status: 500 }));
  expect(response?.status).toBe(500);
  expect(await response?.text()).toBe(text);
});

it('tells what the platform says of a container from what our server says', () => {
  expect(isCut(new Response('Container suddenly disconnected, try again', { status: 500 }))).toBe(true);
  expect(isCut(Response.json({ code: 'internal_error' }, { status: 500 }))).toBe(false);
  expect(isCut(new Response('text', { status: 404 }))).toBe(false);
});

it('reads nothing of what it lets through', async () => {
  for (const response of [new Response('a'), Response.json({}, { status: 500 })]) {
    expect(await reached(response)).toBe(response);
    expect(response.bodyUsed).toBe(false);
  }
});
