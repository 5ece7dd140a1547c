// An agent that speaks the Agent Client Protocol and asks nobody: it runs what it is told, and says what came of it.
import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

const sessionId = 'one';
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

const methods = {
  initialize: () => ({ protocolVersion: 1, agentCapabilities: {} }),
  'session/new': () => ({ sessionId }),
  'session/prompt'({ prompt }) {
    const { stdout } = spawnSync('bash', ['-s'], { input: prompt[0].text, encoding: 'utf8', maxBuffer: 1 << 26 });
    const update = { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: stdout } };
    send({ method: 'session/update', params: { sessionId, update } });
    return { stopReason: 'end_turn' };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined && methods[method]) send({ id, result: methods[method](params) });
}
