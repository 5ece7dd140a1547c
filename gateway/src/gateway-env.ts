import type { ContractEnv } from '@sandgate/api-spec';
import type { Caller } from './auth/api-key.ts';
import type { Env } from './env.ts';

/** What the routes of the gateway find in their context. */
export interface GatewayEnv extends ContractEnv {
  Bindings: Env;
  Variables: ContractEnv['Variables'] & { caller: Caller };
}
