import { play } from '../play.ts';
import type { Runtime } from './runtime.ts';

export const node: Runtime = {
  name: 'Node',
  start: async () => ({ play, close: async () => {} }),
};
