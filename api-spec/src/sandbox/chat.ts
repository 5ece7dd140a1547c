import { z } from '@hono/zod-openapi';
import { AgentName, AgentOptions } from '../agent.ts';
import { Decision, SandboxResumeRequest } from '../decision.ts';
import { UserMessage } from '../message.ts';
import { PermissionMode, SessionId } from '../session.ts';
import { TurnId } from '../turn.ts';

export const SandboxChatRequest = z
  .strictObject({
    turnId: TurnId,
    sessionId: SessionId,
    expectedBootId: z.string().optional().openapi({
      description: 'Refuse with 412 and run nothing if the server was started anew since.',
      example: 'boot_9c1185a5c5e9fc54',
    }),
    agent: AgentName,
    agentOptions: AgentOptions,
    permissionMode: PermissionMode,
    requestTimeoutSeconds: z
      .int()
      .min(1)
      .openapi({ description: 'How long a request to a person stays open.', example: 604_800 }),
    messages: z
      .array(UserMessage)
      .min(1)
      .openapi({ description: 'The new input.', example: [{ role: 'user', content: 'cat hello.txt' }] }),
    resume: SandboxResumeRequest.optional(),
  })
  .openapi('SandboxChatRequest', {
    description: 'A turn to run; with `resume` one that is parked, and the answer to the request that it waits with.',
  });
export type SandboxChatRequest = z.infer<typeof SandboxChatRequest>;

export const SandboxResumeResult = z
  .object({
    requestId: z.string().openapi({ description: 'The request.', example: 'perm_01' }),
    turnId: TurnId,
    decision: Decision,
  })
  .openapi('SandboxResumeResult', { description: 'What the agent was told.' });
export type SandboxResumeResult = z.infer<typeof SandboxResumeResult>;
