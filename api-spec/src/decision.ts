import { z } from '@hono/zod-openapi';

export const Decision = z.enum(['allow', 'deny']).openapi({ description: 'The answer.', example: 'allow' });

export const Scope = z.enum(['once', 'session']).openapi({
  description: 'How far the answer reaches: this call, or every such call of the session.',
  example: 'once',
});

/** How many levels free JSON may have: whatever copies it or writes it down calls itself for each. */
const deepest = 64;

function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0 && depth <= deepest; depth += 1)
    level = level.flatMap((inner) => (inner !== null && typeof inner === 'object' ? Object.values(inner) : []));
  return level.length === 0;
}

/** Free JSON that belongs to a tool. Not `z.json()`, which recurses for ever in the document. */
export const ToolInput = z
  .record(z.string(), z.unknown())
  .refine(isShallow, `More than ${deepest} levels deep`)
  .openapi({
    description: `The tool's input, as the tool defines it, at most ${deepest} levels deep.`,
    example: { script: 'cat hello.txt' },
  });

export const RequestOption = z
  .object({ id: Decision, scope: Scope })
  .openapi('RequestOption', { description: 'An answer that can be given.', example: { id: 'allow', scope: 'once' } });

export const Question = z
  .object({
    id: z.string().openapi({ description: 'The key of the answer.', example: 'database' }),
    text: z.string().openapi({ description: 'The question.', example: 'Which database shall I use?' }),
    choices: z
      .array(z.string())
      .optional()
      .openapi({ description: 'The answers to choose from.', example: ['sqlite', 'postgres'] }),
  })
  .openapi('Question', { description: 'A question of the agent.' });

/** Who resolved a request. */
export const ResolvedBy = z.enum(['user', 'timeout', 'policy', 'interrupt', 'restart']).openapi({
  description: 'Who or what resolved the request.',
  example: 'user',
});

const answer = {
  requestId: z.string().min(1).max(256).openapi({ description: 'The request that is answered.', example: 'perm_01' }),
  decision: Decision,
  scope: Scope.optional(),
  message: z.string().max(4096).optional().openapi({
    description: 'What the agent is told with the answer: above all why not.',
    example: 'Not in this directory.',
  }),
  updatedInput: ToolInput.optional().openapi({
    description: `Runs the tool with this input instead, at most ${deepest} levels deep.`,
    example: { script: 'cat hello.txt' },
  }),
  answers: z
    .record(z.string(), z.string())
    .optional()
    .openapi({ description: 'The answers to the questions, by their ids.', example: { database: 'sqlite' } }),
};

export const ResumeRequest = z.strictObject(answer).openapi('ResumeRequest', {
  description: "A person's answer to a request.",
  example: { requestId: 'perm_01', decision: 'allow' },
});
export type ResumeRequest = z.infer<typeof ResumeRequest>;

/** The gateway also answers on its own account: when a deadline passes. */
export const SandboxResumeRequest = z
  .strictObject({
    ...answer,
    by: ResolvedBy.extract(['user', 'timeout']).openapi({ description: 'Who gave it.', example: 'user' }),
  })
  .openapi('SandboxResumeRequest', { description: 'An answer to a request, and who gave it.' });
export type SandboxResumeRequest = z.infer<typeof SandboxResumeRequest>;
