// An agent that speaks the Agent Client Protocol with nothing but Node: it greets, and then writes a file if it may.
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const sessionId = 'one';
let requests = 0;
const waiting = new Map();

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const update = (content) => send({ method: 'session/update', params: { sessionId, update: content } });

function request(method, params) {
  send({ id: `agent-${++requests}`, method, params });
  return new Promise((resolve) => waiting.set(`agent-${requests}`, resolve));
}

const methods = {
  initialize: () => ({ protocolVersion: 1, agentCapabilities: {} }),
  'session/new': () => ({ sessionId }),
  async 'session/prompt'({ prompt }) {
    update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'I shall write ' } });
    update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'it down.' } });
    const toolCall = { toolCallId: 'call_1', title: 'Write note.txt', kind: 'edit', rawInput: { path: 'note.txt' } };
    const options = [
      { optionId: 'yes', name: 'Allow', kind: 'allow_once' },
      { optionId: 'no', name: 'Reject', kind: 'reject_once' },
    ];
    const { outcome } = await request('session/request_permission', { sessionId, toolCall, options });
    const status = outcome.optionId === 'yes' ? 'completed' : 'failed';
    if (status === 'completed') writeFileSync('note.txt', prompt[0].text);
    update({ sessionUpdate: 'tool_call_update', toolCallId: 'call_1', status });
    return { stopReason: 'end_turn' };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params, result } = JSON.parse(line);
  if (method === undefined) waiting.get(id)?.(result);
  else if (id !== undefined) Promise.resolve(methods[method](params)).then((answer) => send({ id, result: answer }));
}
