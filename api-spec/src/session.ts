import { z } from '@hono/zod-openapi';
import { AgentName, AgentOptions, requireOwnOptions } from './agent.ts';
import { Budget, ModelUsage } from './budget.ts';
import { Egress, EgressShown } from './egress.ts';
import { page } from './page.ts';
import { Request } from './request.ts';
import { SnapshotId } from './snapshot.ts';

/** Characters that would break a path, a header or a log line: controls, slashes and lone surrogates. */
const unsafeInId = /[\p{Cc}\p{Cs}/\\]/u;

/** Any text up to 255 UTF-16 units that a path can carry: upper case, dots and emoji are all different ids. */
export const SessionId = z
  .string()
  .min(1)
  .max(255)
  .refine((id) => !unsafeInId.test(id) && id !== '.' && id !== '..', 'Holds a control character or a slash, or is dots')
  .openapi({ description: "The session's id, yours or ours.", example: 'build-42' });

export const PermissionMode = z
  .enum(['ask', 'acceptEdits', 'bypass'])
  .openapi({ description: 'What a person is asked for; `ask` unless told.', example: 'ask' });

export const Metadata = z
  .record(z.string().min(1).max(64), z.string().max(512))
  .refine((metadata) => Object.keys(metadata).length <= 16, 'At most 16 keys')
  .openapi({ description: 'Up to 16 texts of your own.', example: { project: 'website' } });

/** The largest environment, in bytes of JSON: it reaches the sandbox as one variable, which holds 128 KiB on Linux. */
const environmentSize = 65_536;

const Environment = z
  .record(
    z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Not a name of a variable'),
    z.string().refine((value) => !value.includes('\0'), 'Holds a NUL'),
  )
  .refine(
    (env) => new TextEncoder().encode(JSON.stringify(env)).byteLength <= environmentSize,
    `More than ${environmentSize} bytes in all`,
  )
  .refine((env) => Object.keys(env).every((name) => !name.startsWith('SANDGATE_')), 'SANDGATE_… names are reserved')
  .openapi({
    description: "Variables for the agent's tools, 64 KiB in all. Write-only: no answer shows them.",
    example: { NODE_ENV: 'test' },
  });

const idleTimeoutSeconds = z
  .int()
  .min(10)
  .max(86_400)
  .openapi({ description: 'How long an idle sandbox stays awake, in seconds.', example: 600 });

const expiresAt = z.iso.datetime({ offset: true }).openapi({
  description: 'When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.',
  example: '2026-12-01T12:00:00.000Z',
});

export const CreateSession = z
  .strictObject({
    id: SessionId.optional(),
    agent: AgentName.optional(),
    agentOptions: AgentOptions.optional(),
    permissionMode: PermissionMode.optional(),
    metadata: Metadata.optional(),
    idleTimeoutSeconds: idleTimeoutSeconds.optional(),
    expiresAt: expiresAt.optional(),
    env: Environment.optional(),
    egress: Egress.optional(),
    budget: Budget.optional(),
  })
  .superRefine(requireOwnOptions)
  .openapi('CreateSession', { description: 'A new session. All is optional.', example: { id: 'build-42' } });
export type CreateSession = z.infer<typeof CreateSession>;

export const UpdateSession = z
  .strictObject({
    metadata: Metadata.optional(),
    permissionMode: PermissionMode.optional(),
    idleTimeoutSeconds: idleTimeoutSeconds.optional(),
    expiresAt: expiresAt.optional(),
    egress: Egress.optional(),
    budget: Budget.optional(),
  })
  .openapi('UpdateSession', {
    description:
      'What may change in a session. `metadata`, `egress` and `budget` are replaced as a whole: `{}` is a budget without a limit.',
    example: { idleTimeoutSeconds: 1800 },
  });
export type UpdateSession = z.infer<typeof UpdateSession>;

export const ForkSession = z
  .strictObject({
    id: SessionId.optional(),
    snapshotId: SnapshotId.optional(),
    seq: z.int().min(0).optional().openapi({
      description: 'Fork at the snapshot that was taken at this event: a snapshot says its `seq`.',
      example: 12,
    }),
    ...UpdateSession.shape,
  })
  .refine(({ snapshotId, seq }) => snapshotId === undefined || seq === undefined, {
    path: ['seq'],
    message: 'Give either a snapshot or an event',
  })
  .openapi('ForkSession', {
    description: 'Where to fork: at a snapshot, or now. What else is not given is as in the session that is forked.',
    example: { id: 'build-42-b' },
  });
export type ForkSession = z.infer<typeof ForkSession>;

export const ForkedFrom = z
  .object({
    sessionId: SessionId,
    seq: z.int().min(0).openapi({ description: 'The newest event that both logs have.', example: 12 }),
    snapshotId: SnapshotId.optional(),
  })
  .openapi('ForkedFrom', { description: 'What a session was forked from. That may be deleted by now.' });
export type ForkedFrom = z.infer<typeof ForkedFrom>;

export const SessionStatus = z
  .enum(['idle', 'running', 'waiting', 'sleeping'])
  .openapi({ description: '`waiting` is for a person; `sleeping` has no sandbox running.', example: 'idle' });
export type SessionStatus = z.infer<typeof SessionStatus>;

const summary = {
  id: SessionId,
  status: SessionStatus,
  agent: AgentName,
  metadata: Metadata,
  createdAt: z.iso
    .datetime()
    .openapi({ description: 'When the session was created.', example: '2026-11-22T20:34:00.000Z' }),
};

export const SessionSummary = z.object(summary).openapi('SessionSummary', { description: 'A session in a list.' });
export type SessionSummary = z.infer<typeof SessionSummary>;

export const SavedDisk = z
  .object({
    savedAt: z.iso.datetime().openapi({ description: 'When the save began.', example: '2026-11-22T20:34:00.000Z' }),
    seq: z.int().min(0).openapi({ description: 'The newest event of the log by then.', example: 12 }),
    entries: z.int().min(0).openapi({ description: 'Files, directories and links.', example: 4711 }),
    bytes: z.int().min(0).openapi({ description: 'The bytes in the files, holes left out.', example: 1048576 }),
  })
  .openapi('SavedDisk', { description: 'The newest save of the disk: what the next container begins with.' });

export const Session = z
  .object({
    ...summary,
    agentOptions: AgentOptions,
    permissionMode: PermissionMode,
    idleTimeoutSeconds,
    expiresAt: expiresAt.optional(),
    activeTurnId: z
      .string()
      .optional()
      .openapi({ description: 'The turn that runs or waits now.', example: 'turn_01' }),
    queuedTurnIds: z
      .array(z.string())
      .openapi({ description: 'The turns that wait for it, in order.', example: ['turn_02'] }),
    openRequests: z.array(Request).openapi({ description: 'What waits for a person.' }),
    firstSeq: z.int().min(1).openapi({
      description:
        'The number of the oldest event that is kept. The log holds 64 MiB unless the server is told otherwise; what is older and of a turn that is complete goes.',
      example: 1,
    }),
    lastSeq: z.int().min(0).openapi({ description: 'The number of the newest event; 0 before any.', example: 12 }),
    disk: SavedDisk.optional(),
    forkedFrom: ForkedFrom.optional(),
    egress: EgressShown,
    budget: Budget.optional(),
    usage: ModelUsage,
  })
  .openapi('Session', {
    description: 'A computer with an agent and a log.',
    example: {
      id: 'build-42',
      status: 'idle',
      agent: 'shell',
      agentOptions: {},
      permissionMode: 'ask',
      metadata: { project: 'website' },
      idleTimeoutSeconds: 600,
      createdAt: '2026-11-22T20:34:00.000Z',
      queuedTurnIds: [],
      openRequests: [],
      firstSeq: 1,
      lastSeq: 12,
      egress: { allow: [] },
      usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
    },
  });
export type Session = z.infer<typeof Session>;

export const SessionPage = page('SessionPage', SessionSummary);
