import type { PermissionOption, RequestPermissionRequest, RequestPermissionResponse } from '@agentclientprotocol/sdk';
import type { AgentTurn } from '../../agent.ts';
import { allOptions } from '../answers.ts';
import type { AcpEvents } from './events.ts';

/**
 * Answers what the agent asks permission for. What a person allowed for the session is remembered here, and never told
 * to the agent, which would keep it in settings of its own.
 */
export class AcpPermissions {
  readonly #allowed = new Set<string>();

  async answer(
    { toolCall, options }: RequestPermissionRequest,
    turn: AgentTurn,
    events: AcpEvents,
  ): Promise<RequestPermissionResponse> {
    const { name, title, input } = events.call(toolCall);
    if (this.#isAllowed(turn, name)) return choose(options, ['allow_once', 'allow_always']);
    const { toolCallId } = toolCall;
    const answer = await turn.ask({ kind: 'permission', toolCallId, tool: name, title, input, options: allOptions });
    if (answer.by === 'interrupt') return { outcome: { outcome: 'cancelled' } };
    if (answer.decision === 'deny') return choose(options, ['reject_once', 'reject_always']);
    if (answer.scope === 'session') this.#allowed.add(name);
    turn.emit({ type: 'status', status: { state: 'working', detail: title } });
    return choose(options, ['allow_once', 'allow_always']);
  }

  #isAllowed({ permissionMode }: AgentTurn, name: string): boolean {
    if (permissionMode === 'bypass' || this.#allowed.has(name)) return true;
    return permissionMode === 'acceptEdits' && name === 'edit';
  }
}

/** The first of the kinds that the agent offers; without any the call does not run. */
function choose(options: PermissionOption[], kinds: PermissionOption['kind'][]): RequestPermissionResponse {
  const chosen = kinds.flatMap((kind) => options.filter((option) => option.kind === kind))[0];
  return { outcome: chosen ? { outcome: 'selected', optionId: chosen.optionId } : { outcome: 'cancelled' } };
}
