import type { MessagesApi } from '../../sandbox-server/src/testing/messages-api.ts';
import type { StackOptions } from '../dev/stack.ts';
import { openState } from '../dev/state.ts';
import { addClaude } from './image.ts';

/** What the gateway of a test has for a key: no sandbox shall ever hold it. */
export const plantedKey = 'sk-ant-planted-in-the-gateway';

/** What a stack of the local engine needs for Claude: the SDK in the image, and a model that plays scripts. */
export function claudeStack(folder: string, model: MessagesApi): Pick<StackOptions, 'folder' | 'engine' | 'vars'> {
  addClaude(openState(folder, undefined).image);
  return { folder, engine: 'local', vars: { ANTHROPIC_API_KEY: plantedKey, ANTHROPIC_BASE_URL: model.url } };
}
