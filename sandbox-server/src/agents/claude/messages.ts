import { z } from 'zod';

/** The SDK's messages, as much of them as is read here. Kinds and fields that are not listed are passed over. */

const Usage = z.object({
  input_tokens: z.number().catch(0),
  output_tokens: z.number().catch(0),
  cache_creation_input_tokens: z.number().nullish().catch(0),
  cache_read_input_tokens: z.number().nullish().catch(0),
});

const Init = z.object({ type: z.literal('system'), subtype: z.literal('init'), session_id: z.string() });
const Requesting = z.object({
  type: z.literal('system'),
  subtype: z.literal('status'),
  status: z.literal('requesting'),
});

const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), thinking: z.string() }),
  z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.record(z.string(), z.unknown()) }),
]);

/** One block of the model's answer, or all of it; `error` where the CLI itself speaks, of a request that failed. */
const Assistant = z.object({
  type: z.literal('assistant'),
  message: z.object({ id: z.string(), content: z.array(Block.or(z.unknown().transform(() => undefined))) }),
  parent_tool_use_id: z.string().nullable(),
  error: z.string().optional(),
});

const ToolResult = z.object({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  is_error: z.boolean().nullish(),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))]).optional(),
});
export type ToolResult = z.infer<typeof ToolResult>;

/** `tool_use_result` is the tool's own answer, where the model sees a shortened one. */
const User = z.object({
  type: z.literal('user'),
  message: z.object({ content: z.union([z.string(), z.array(ToolResult.or(z.unknown().transform(() => undefined)))]) }),
  tool_use_result: z.unknown(),
});

const Stream = z.object({
  type: z.literal('stream_event'),
  parent_tool_use_id: z.string().nullable(),
  event: z.union([
    z.object({ type: z.literal('message_start'), message: z.object({ id: z.string() }) }),
    z.object({ type: z.literal('message_stop') }),
    z.object({
      type: z.literal('content_block_delta'),
      delta: z.object({ type: z.literal('text_delta'), text: z.string() }),
    }),
  ]),
});

const Result = z.object({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean(),
  usage: Usage,
  stop_reason: z.string().nullish(),
  terminal_reason: z.string().nullish(),
  api_error_status: z.number().nullish(),
  errors: z.array(z.string()).optional(),
  /** The call that waits, where the process was given up. */
  deferred_tool_use: z.object({ id: z.string() }).optional(),
});
export type Result = z.infer<typeof Result>;

const SdkMessage = z.union([Init, Requesting, Assistant, User, Stream, Result]);
export type SdkMessage = z.infer<typeof SdkMessage>;

/** Nothing where the message is of a kind that is not read here. */
export const readMessage = (message: unknown): SdkMessage | undefined => SdkMessage.safeParse(message).data;
