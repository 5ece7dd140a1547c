import { z } from '@hono/zod-openapi';

const text = z.string().openapi({ description: 'The text.', example: 'echo hello > hello.txt' });

export const TextBlock = z
  .object({ type: z.literal('text').openapi({ description: 'Plain text.', example: 'text' }), text })
  .openapi('TextBlock', { description: 'Text.' });

export const ReasoningBlock = z
  .object({
    type: z.literal('reasoning').openapi({ description: 'What the agent thought.', example: 'reasoning' }),
    text,
  })
  .openapi('ReasoningBlock', { description: 'What the agent thought before it spoke.' });

export const ContentBlock = z.discriminatedUnion('type', [TextBlock, ReasoningBlock]).openapi('ContentBlock', {
  description: 'A piece of a message.',
  example: { type: 'text', text: 'Done: hello.txt is written.' },
});

export const Message = z
  .object({
    id: z.string().openapi({ description: 'The id of the message.', example: 'msg_01' }),
    role: z.enum(['user', 'assistant']).openapi({ description: 'Who said it.', example: 'assistant' }),
    content: z
      .array(ContentBlock)
      .openapi({ description: 'What was said.', example: [{ type: 'text', text: 'Done: hello.txt is written.' }] }),
  })
  .openapi('Message', { description: 'A whole message.' });
export type Message = z.infer<typeof Message>;

/** New input of a turn: what was said before is the session's to know. */
export const UserMessage = z
  .strictObject({
    role: z.literal('user').openapi({ description: 'Always `user`.', example: 'user' }),
    content: z
      .union([z.string().min(1).max(262_144), z.array(TextBlock).min(1).max(64)])
      .openapi({ description: 'The text, or pieces of it.', example: 'echo hello > hello.txt && cat hello.txt' }),
  })
  .openapi('UserMessage', { description: 'A new message of the user.' });
export type UserMessage = z.infer<typeof UserMessage>;

/** The text of a user's message, its pieces put together. */
export function textOf(message: UserMessage): string {
  return typeof message.content === 'string' ? message.content : message.content.map((block) => block.text).join('');
}
