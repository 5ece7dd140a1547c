import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { installSdk, sdkFolder } from './sdk.ts';

/**
 * Puts the SDK and its CLI into an image of the local engine, beside the server, which finds them there.
 *
 * @throws where the SDK cannot be installed.
 */
export function addClaude(image: string): void {
  installSdk();
  cpSync(join(sdkFolder, 'node_modules'), join(image, 'app/node_modules'), { recursive: true });
}
