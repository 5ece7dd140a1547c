import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { StackOptions } from '../dev/stack.ts';
import { openState } from '../dev/state.ts';
import { sdkFolder } from './sdk.ts';

const workspace = resolve(import.meta.dirname, '../../sandbox-server');

/** Starts the Messages API beside the server, and the server with its address. */
const program = `import { MessagesApi } from './messages-api.ts';
process.env.ANTHROPIC_BASE_URL = (await MessagesApi.start()).url;
await import('./sandgate.js');
`;

/**
 * What a stack of the local engine needs for Claude: the SDK in the image, and a Messages API that plays scripts. A
 * sandbox reaches no network, and so finds it in itself, whatever address the gateway names.
 */
export function claudeStack(folder: string): Pick<StackOptions, 'folder' | 'engine' | 'server' | 'vars'> {
  const app = join(openState(folder, undefined).image, 'app');
  cpSync(join(sdkFolder, 'node_modules'), join(app, 'node_modules'), { recursive: true });
  cpSync(join(workspace, 'src/testing/messages-api.ts'), join(app, 'messages-api.ts'));
  cpSync(join(workspace, 'dist/server.js'), join(app, 'sandgate.js'));
  const server = join(folder, 'with-messages-api.js');
  writeFileSync(server, program);
  return { folder, engine: 'local', server, vars: { ANTHROPIC_BASE_URL: 'http://messages-api.invalid' } };
}
