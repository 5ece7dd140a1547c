import { gateway } from './app.ts';

export { ContainerProxy } from '@cloudflare/sandbox';
export { Orchestrator } from './orchestrator/orchestrator.ts';
export { Sandbox } from './sandbox/sandbox.ts';

export default gateway();
