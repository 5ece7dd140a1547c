import type { ContractEnv } from '@sandgate/api-spec';
import type { Caller } from './auth/caller.ts';
import type { Env } from './env.ts';

/** What the routes of the gateway find in their context. */
export interface GatewayEnv extends ContractEnv {
  Bindings: Env;
  Variables: ContractEnv['Variables'] & {
    /** Who calls. */
    identity: Caller;
    /** The same, once it is known that he may call this route. */
    caller: Caller;
  };
}
