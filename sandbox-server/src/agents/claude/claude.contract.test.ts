import { afterAll, describe } from 'vitest';
import { agentContract } from '../../testing/agent-contract.ts';
import { MessagesApi, type ModelReply } from '../../testing/messages-api.ts';

/** Only with the SDK, which `npm run test:claude` installs. */
const directory = process.env.SANDGATE_CLAUDE_DIR as string;
const api = await MessagesApi.start();
afterAll(() => api.stop());

const replies = (...list: ModelReply[]) => JSON.stringify(list);
const bash = (command: string) => ({ name: 'Bash', input: { command } });

describe('claude', () =>
  agentContract({
    agent: 'claude',
    env: { SANDGATE_CLAUDE_DIR: directory, ANTHROPIC_BASE_URL: api.url },
    capabilities: {
      speaks: true,
      asksQuestions: true,
      asksInParallel: true,
      takesEditedInput: true,
      takesDenyMessage: true,
      namesProviderFailures: true,
      limitsTurns: true,
      parks: true,
    },
    run: (...scripts) => replies({ use: scripts.map(bash) }, { say: 'Done.' }),
    inputOf: (command) => ({ command }),
    crash: replies({ use: [bash('kill -9 $CLAUDE_PID')] }),
    say: (say) => replies({ say }),
    hang: (say) => replies({ say, hang: true }),
    recall: replies({ recall: true }),
    ask: (question, choices) =>
      replies(
        {
          use: [
            {
              name: 'AskUserQuestion',
              input: {
                questions: [
                  {
                    question,
                    header: 'Choice',
                    multiSelect: false,
                    options: choices.map((label) => ({ label, description: label })),
                  },
                ],
              },
            },
          ],
        },
        { say: 'Done.' },
      ),
    fail: (status, type, message) => replies({ status, type, message }),
    endless: replies(...Array.from({ length: 5 }, () => ({ use: [bash('true')] }))),
  }));
