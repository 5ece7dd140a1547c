import { describe } from 'vitest';
import { agentContract } from '../../testing/agent-contract.ts';

const program = new URL('../../testing/acp-agent.ts', import.meta.url).pathname;
const steps = (...list: unknown[]) => JSON.stringify(list);

describe('acp', () =>
  agentContract({
    agent: 'acp',
    agentOptions: { command: process.execPath, args: ['--disable-warning=ExperimentalWarning', program, 'keeps'] },
    capabilities: {
      speaks: true,
      asksQuestions: true,
      asksInParallel: true,
      takesEditedInput: false,
      takesDenyMessage: false,
      namesProviderFailures: false,
      limitsTurns: false,
      parks: false,
    },
    run: (...run) => steps({ run }, { say: 'Done.' }),
    inputOf: (script) => ({ script }),
    crash: steps({ say: 'Going' }, { exit: 3 }),
    say: (say) => steps({ say }),
    hang: (say) => steps({ say, hang: true }),
    recall: steps({ recall: true }),
    ask: (question, choices) =>
      steps({
        ask: { message: 'A choice', fields: { choice: { type: 'string', title: question, enum: choices } } },
      }),
  }));
