// A server of the Model Context Protocol (2025-06-18) on standard input and output, with one tool, and with nothing but Node.
import { createInterface } from 'node:readline';

const greet = {
  name: 'greet',
  description: 'Greets somebody.',
  inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
};
const methods = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'greeter', version: '1' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools: [greet] }),
  // The word comes from the session's variables.
  'tools/call': ({ arguments: { name } }) => ({
    content: [{ type: 'text', text: `${process.env.GREETING}, ${name}` }],
  }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  const answer = methods[method]
    ? { result: methods[method](params) }
    : { error: { code: -32601, message: 'There is no such method.' } };
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
}
