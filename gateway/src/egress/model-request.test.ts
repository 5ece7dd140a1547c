import { describe, expect, it } from 'vitest';
import { readModelRequest } from './model-request.ts';

const messages = [{ role: 'user', content: 'hello' }];
const post = (body: unknown, path = '/v1/messages?beta=true', headers = {}) =>
  readModelRequest(
    new Request(`http://model.sandgate.internal${path}`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );

describe('a call of the model', () => {
  it('keeps its words, and loses the keys of the sandbox', async () => {
    const body = { model: 'model-a', max_tokens: 64, messages };
    const headers = { 'x-api-key': 'a', authorization: 'b', cookie: 'c', 'anthropic-version': '2023-06-01' };
    const request = await post(body, '/v1/messages?beta=true&x=1', headers);
    expect(request).toMatchObject({ path: '/v1/messages?beta=true', model: 'model-a', isCall: true });
    expect(request.body).toBe(JSON.stringify(body));
    expect(request.largest).toEqual({ input: Math.ceil(request.body.length / 3), output: 64 });
    expect(Object.fromEntries(request.headers)).toEqual({
      'anthropic-version': '2023-06-01',
      'content-type': 'text/plain;charset=UTF-8',
    });
  });

  it('may bring tools that the sandbox runs itself, and its own pictures', async () => {
    const picture = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: '' } };
    const result = { type: 'tool_result', tool_use_id: 'x', content: [picture] };
    const use = {
      type: 'tool_use',
      id: 'x',
      name: 'y',
      input: { source: { type: 'url', url: 'https://example.com' } },
    };
    const tools = [
      { name: 'y', input_schema: {} },
      { type: 'bash_20250124', name: 'bash' },
    ];
    await expect(
      post({
        tools,
        mcp_servers: [],
        messages: [
          { role: 'assistant', content: [use] },
          { role: 'user', content: [result] },
        ],
      }),
    ).resolves.toBeDefined();
  });

  const source = (type: string) => ({
    type: 'image',
    source: { type, url: 'https://example.com/?secret', file_id: 'f' },
  });
  it.each([
    ['a search', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    ['a fetch', { tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }] }],
    ['code run elsewhere', { tools: [{ type: 'code_execution_20250825', name: 'code_execution' }] }],
    ['a server of tools', { mcp_servers: [{ type: 'url', url: 'https://example.com/?secret', name: 'x' }] }],
    ['a container', { container: 'container_1' }],
    ['an address to look at', { messages: [{ role: 'user', content: [source('url')] }] }],
    ['a file of the account', { messages: [{ role: 'user', content: [source('file')] }] }],
    [
      'an address in a result',
      { messages: [{ role: 'user', content: [{ type: 'tool_result', content: [source('url')] }] }] },
    ],
    [
      'an address in a document',
      {
        messages: [
          { role: 'user', content: [{ type: 'document', source: { type: 'content', content: [source('url')] } }] },
        ],
      },
    ],
  ])('that would have the provider reach out is refused: %s', async (_, body) => {
    await expect(post({ messages, ...body })).rejects.toMatchObject({ kind: 'permission_error' });
  });

  it.each(['/v1/files', '/v1/messages/batches', '/v1/messages/', '/v1/models', '//v1/messages'])(
    'is no other: %s',
    async (path) => {
      await expect(post({ messages }, path)).rejects.toMatchObject({ kind: 'not_found_error' });
    },
  );

  it('is a JSON object', async () => {
    await expect(post('[]')).rejects.toMatchObject({ kind: 'invalid_request_error' });
    await expect(post('{')).rejects.toMatchObject({ kind: 'invalid_request_error' });
  });
});
