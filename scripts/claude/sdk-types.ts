import { query } from '@anthropic-ai/claude-agent-sdk';
import type { ClaudeSdk } from '../../sandbox-server/src/agents/claude/sdk.ts';

/** Compiles as long as the SDK takes what `sdk.ts` gives it. */
({ query }) satisfies ClaudeSdk;
