import { describe } from 'vitest';
import { agentContract } from '../testing/agent-contract.ts';

describe('shell', () =>
  agentContract({
    agent: 'shell',
    capabilities: {
      speaks: false,
      asksQuestions: false,
      asksInParallel: false,
      takesEditedInput: true,
      takesDenyMessage: true,
      namesProviderFailures: false,
      limitsTurns: false,
      parks: true,
    },
    run: (...scripts) => scripts.join('\n'),
    inputOf: (script) => ({ script }),
    crash: undefined,
  }));
