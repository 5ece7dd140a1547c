import { afterAll, describe } from 'vitest';
import { agentContract } from '../../testing/agent-contract.ts';
import { MessagesApi, type ModelReply } from '../../testing/messages-api.ts';

/** Only with the SDK, which `npm run test:claude` installs. */
const directory = process.env.SANDGATE_CLAUDE_DIR as string;
const api = await MessagesApi.start();
afterAll(() => api.stop());

const replies = (...list: ModelReply[]) => JSON.stringify(list);
const bash = (command: string) => ({ name: 'Bash', input: { command } });
const failure = (status: number, type: string, message: string) => replies({ status, type, message });

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
    failures: [
      {
        name: 'a missing or wrong key',
        message: failure(401, 'authentication_error', 'invalid x-api-key'),
        code: 'provider_unauthorized',
        retryable: false,
      },
      {
        name: 'too many requests',
        message: failure(429, 'rate_limit_error', 'slow down'),
        code: 'provider_rate_limited',
        retryable: true,
      },
      {
        name: 'too much load',
        message: failure(529, 'overloaded_error', 'Overloaded'),
        code: 'provider_overloaded',
        retryable: true,
      },
      {
        name: 'a failure of its own',
        message: failure(500, 'api_error', 'Internal'),
        code: 'provider_error',
        retryable: true,
      },
      {
        name: 'a conversation that is too long',
        message: failure(400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
        code: 'context_overflow',
        retryable: false,
      },
    ],
    endless: replies(...Array.from({ length: 5 }, () => ({ use: [bash('true')] }))),
  }));
