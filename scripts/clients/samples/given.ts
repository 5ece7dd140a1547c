import type { Sandgate, Session } from '@sandgate/client';
import type { Sample } from './sample.ts';

/** Brings about what a sample finds there, and says which real names are behind those in its text. */
export async function arrange(
  client: Sandgate,
  given: Sample['given'],
  sessionId: string,
): Promise<Record<string, string>> {
  const names = { 'build-42': sessionId };
  if (given === 'nothing') return names;
  const permissionMode = given === 'waiting' ? 'ask' : 'bypass';
  const session = await client.sessions.create({ id: sessionId, permissionMode });
  return { ...names, ...(await namesIn(session, given)) };
}

async function namesIn(session: Session, given: Sample['given']): Promise<Record<string, string>> {
  if (given === 'session') return {};
  const text = given === 'running' ? 'echo started; sleep 600' : 'echo hello | tee hello.txt';
  for await (const event of session.chat(text)) {
    if (given === 'running' && event.type === 'tool.delta') return { turn_01: turnOf(event) };
    if (event.type === 'permission.requested') return { turn_01: turnOf(event), perm_01: event.requestId };
    if (event.type === 'complete') return { turn_01: turnOf(event) };
  }
  throw new Error(`No turn came to be ${given}.`);
}

function turnOf({ turnId }: { turnId?: string | undefined }): string {
  if (turnId === undefined) throw new Error('An event of a turn does not name it.');
  return turnId;
}
