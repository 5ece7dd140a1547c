import { z } from '@hono/zod-openapi';

export const AgentName = z.enum(['shell', 'claude', 'acp', 'scripted']).openapi({
  description:
    'Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it.',
  example: 'shell',
});
export type AgentName = z.infer<typeof AgentName>;

const toolRules = z
  .array(z.string().regex(/^[\w*-]+(\([^\n]+\))?$/, 'Not a rule: write `Tool` or `Tool(pattern)`'))
  .max(256);

const McpServer = z
  .union([
    z.strictObject({
      command: z.string().min(1).openapi({ description: 'The program.', example: 'npx' }),
      args: z
        .array(z.string())
        .max(256)
        .optional()
        .openapi({ description: 'Its arguments.', example: ['-y', 'my-mcp'] }),
    }),
    z.strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .openapi({ description: 'Where it listens.', example: 'https://mcp.example.com' }),
      type: z
        .enum(['http', 'sse'])
        .optional()
        .openapi({ description: 'How: by streamable HTTP unless told, or by the older SSE.', example: 'http' }),
      headers: z
        .record(z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,256}$/, 'Not a name'), z.string().max(8192))
        .optional()
        .openapi({
          description:
            'Headers of each request. They are shown with the session: put a secret into its `egress` instead, which adds it outside of the sandbox.',
          example: { 'x-tenant': 'acme' },
        }),
    }),
  ])
  .openapi('McpServer', { description: 'A server of the Model Context Protocol: a program in the sandbox, or a URL.' });

export const AgentOptions = z
  .strictObject({
    commandTimeoutSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .optional()
      .openapi({ description: 'How long one command may run; 600 unless told. For `shell`.', example: 120 }),
    model: z.string().min(1).max(256).optional().openapi({
      description: "The model; the agent's own choice unless told. For `claude`.",
      example: 'claude-sonnet-5',
    }),
    systemPrompt: z.string().min(1).max(65_536).optional().openapi({
      description: "Said to the model beside the agent's own instructions. For `claude`.",
      example: 'Answer in French.',
    }),
    maxTurns: z.int().min(1).max(10_000).optional().openapi({
      description: 'How often the model may answer in one turn; then it ends as `max_turns`. For `claude`.',
      example: 50,
    }),
    allowedTools: toolRules.optional().openapi({
      description: 'Calls that nobody is asked for, as `Tool` or `Tool(pattern)`. For `claude`.',
      example: ['Bash(npm test)', 'Edit(src/**)'],
    }),
    deniedTools: toolRules.optional().openapi({
      description: 'Calls that are refused, whatever else allows them. For `claude`.',
      example: ['WebFetch'],
    }),
    mcpServers: z
      .record(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'Not a name'), McpServer)
      .refine((servers) => Object.keys(servers).length <= 32, 'At most 32 servers')
      .optional()
      .openapi({
        description: "Servers that offer further tools; they find the session's `env`. For `claude` and `acp`.",
        example: { issues: { command: 'npx', args: ['-y', 'my-issues-mcp'] } },
      }),
    command: z.string().min(1).max(4096).optional().openapi({
      description: 'The program that speaks the Agent Client Protocol. For `acp`, which needs it.',
      example: 'gemini',
    }),
    args: z
      .array(z.string().max(4096))
      .max(256)
      .optional()
      .openapi({
        description: "Its arguments; variables come from the session's `env`. For `acp`.",
        example: ['--acp'],
      }),
  })
  .openapi('AgentOptions', { description: 'How the agent works. Each agent takes options of its own.' });
export type AgentOptions = z.infer<typeof AgentOptions>;

const ownOptions: Record<AgentName, readonly (keyof AgentOptions)[]> = {
  shell: ['commandTimeoutSeconds'],
  claude: ['model', 'systemPrompt', 'maxTurns', 'allowedTools', 'deniedTools', 'mcpServers'],
  acp: ['command', 'args', 'mcpServers'],
  scripted: [],
};

/** Refuses an option that the agent would not heed, and `acp` without its command. */
export function requireOwnOptions(
  { agent = 'shell', agentOptions = {} }: { agent?: AgentName | undefined; agentOptions?: AgentOptions | undefined },
  context: z.RefinementCtx,
): void {
  const refuse = (option: string, message: string) =>
    context.addIssue({ code: 'custom', path: ['agentOptions', option], message });
  for (const option of Object.keys(agentOptions) as (keyof AgentOptions)[])
    if (!ownOptions[agent].includes(option)) refuse(option, `The agent "${agent}" has no such option`);
  if (agent === 'acp' && agentOptions.command === undefined) refuse('command', 'Required for the agent "acp"');
}

const can = (description: string) => z.boolean().openapi({ description, example: true });

export const AgentCapabilities = z
  .object({
    speaks: can('It says something itself, as messages in pieces; otherwise only its tools do.'),
    asksQuestions: can('It asks a person questions of its own, beside permissions.'),
    asksInParallel: can('It may have several requests open at once.'),
    takesEditedInput: can('An answer may change the input of a tool.'),
    takesDenyMessage: can('It reads why something was denied.'),
    namesProviderFailures: can("It tells apart why a model's provider refused: key, rate, load or length."),
    limitsTurns: can('It keeps `maxTurns`.'),
    parks: can('It gives up its process while a request waits, and goes on with the same call later.'),
  })
  .openapi('AgentCapabilities', { description: 'What an agent can and cannot do.' });
export type AgentCapabilities = z.infer<typeof AgentCapabilities>;

export const AgentInfo = z
  .object({
    name: AgentName,
    available: z.boolean().openapi({ description: 'Whether it can run here.', example: true }),
    needs: z.string().optional().openapi({ description: 'What it lacks to run here.', example: 'ANTHROPIC_BASE_URL' }),
    capabilities: AgentCapabilities,
  })
  .openapi('AgentInfo', { description: 'An agent of the server.' });
export type AgentInfo = z.infer<typeof AgentInfo>;
