import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sdkFolder } from './sdk.ts';

const api = join(import.meta.dirname, '../../sandbox-server/src/testing/messages-api.ts');

/** Starts the Messages API beside the server, and the server with its address. */
const program = `import { MessagesApi } from './messages-api.ts';
process.env.ANTHROPIC_BASE_URL = (await MessagesApi.start()).url;
await import('./server.js');
`;

/**
 * Puts the SDK into the image of the local engine, and a Messages API that plays scripts: a sandbox reaches no network,
 * and so finds it in itself.
 */
export function addClaude(image: string): void {
  cpSync(join(sdkFolder, 'node_modules'), join(image, 'app/node_modules'), { recursive: true });
  cpSync(api, join(image, 'app/messages-api.ts'));
  writeFileSync(join(image, 'app/with-messages-api.js'), program);
  const file = join(image, 'image.json');
  const description = JSON.parse(readFileSync(file, 'utf8'));
  description.cmd = [description.cmd[0], '--disable-warning=ExperimentalWarning', '/app/with-messages-api.js'];
  writeFileSync(file, JSON.stringify(description));
}

/** Lets the gateway open sessions of `claude`; what is in the sandbox itself has the last word. */
export const claudeVars = { ANTHROPIC_BASE_URL: 'http://messages-api.invalid' };
