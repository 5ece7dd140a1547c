import { z } from 'zod';
import { type ToolsUser, toolsEnvironment } from './tools/user.ts';

/** All that the server wants to know at its start. */
export interface Config {
  port: number;
  /** The bearer secret of this one sandbox; `undefined` only where auth is off by an explicit flag. */
  secret: string | undefined;
  /** For the server's own records; nobody else may enter it. */
  dataDirectory: string;
  /** The session that the server is for, where it is for one alone. */
  sessionId?: string | undefined;
  allowScripted: boolean;
  /** Whether somebody will say what shall be on the disk, and nothing is done before. */
  awaitDisk: boolean;
  /** How long a request waits for a person until the agent gives up its process, in seconds. */
  parkAfterSeconds: number;
  /** The home of the tools, where it is neither in the workspace nor around it. */
  home: string | undefined;
  claude: {
    /** The folder in whose `node_modules` the SDK is; beside the server itself unless told. */
    directory: string | undefined;
    /** Where the Messages API is. */
    baseUrl: string | undefined;
  };
  tools: ToolsUser;
}

const flag = z
  .enum(['0', '1'])
  .optional()
  .transform((value) => value === '1');
/** Never 0: tools that run as root would own the server. */
const id = z.coerce.number().int().min(1).optional();
const sessionEnvironment = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('Not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string()));

const Environment = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
    SANDGATE_SECRET: z.string().min(1).optional(),
    SANDGATE_INSECURE_NO_AUTH: flag,
    SANDGATE_WORKSPACE: z.string().startsWith('/').default('/workspace'),
    SANDGATE_DATA_DIR: z.string().startsWith('/').default('/var/lib/sandgate'),
    SANDGATE_SESSION_ID: z.string().optional(),
    SANDGATE_TOOLS_UID: id,
    SANDGATE_TOOLS_GID: id,
    SANDGATE_TOOLS_HOME: z.string().startsWith('/').optional(),
    SANDGATE_ALLOW_SCRIPTED: flag,
    SANDGATE_AWAIT_DISK: flag,
    SANDGATE_PARK_AFTER_SECONDS: z.coerce.number().positive().max(604_800).default(30),
    SANDGATE_SESSION_ENV: sessionEnvironment,
    SANDGATE_CLAUDE_DIR: z.string().startsWith('/').optional(),
    ANTHROPIC_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  })
  .refine((env) => env.SANDGATE_SECRET !== undefined || env.SANDGATE_INSECURE_NO_AUTH, {
    path: ['SANDGATE_SECRET'],
    message: 'Required; for development without auth set SANDGATE_INSECURE_NO_AUTH=1',
  })
  .refine((env) => env.SANDGATE_TOOLS_GID === undefined || env.SANDGATE_TOOLS_UID !== undefined, {
    path: ['SANDGATE_TOOLS_UID'],
    message: 'Required with SANDGATE_TOOLS_GID',
  });

/**
 * Reads the configuration, and takes the secret and the session's variables out of `env`, so that nothing that copies
 * the environment later can pass them on.
 *
 * @throws {Error} that names every variable that is wrong, never its value.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(env);
  delete env.SANDGATE_SECRET;
  delete env.SANDGATE_SESSION_ENV;
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`);
    throw new Error(`The environment is not valid. ${wrong.join('; ')}`);
  }
  const { data } = parsed;
  const workspace = data.SANDGATE_WORKSPACE;
  return {
    port: data.PORT,
    secret: data.SANDGATE_SECRET,
    dataDirectory: data.SANDGATE_DATA_DIR,
    sessionId: data.SANDGATE_SESSION_ID,
    allowScripted: data.SANDGATE_ALLOW_SCRIPTED,
    awaitDisk: data.SANDGATE_AWAIT_DISK,
    parkAfterSeconds: data.SANDGATE_PARK_AFTER_SECONDS,
    home: homeBeside(workspace, data.SANDGATE_TOOLS_HOME),
    claude: { directory: data.SANDGATE_CLAUDE_DIR, baseUrl: data.ANTHROPIC_BASE_URL },
    tools: {
      uid: data.SANDGATE_TOOLS_UID,
      gid: data.SANDGATE_TOOLS_GID ?? data.SANDGATE_TOOLS_UID,
      workspace,
      env: toolsEnvironment(env, data.SANDGATE_TOOLS_HOME ?? workspace, data.SANDGATE_SESSION_ENV),
    },
  };
}

function homeBeside(workspace: string, home: string | undefined): string | undefined {
  const isWithin = (path: string, root: string) => `${path}/`.startsWith(`${root}/`);
  return home === undefined || isWithin(home, workspace) || isWithin(workspace, home) ? undefined : home;
}
