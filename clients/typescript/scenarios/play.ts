import { ApiError, type Event, Sandgate, type Session } from '@sandgate/client';
import { fill, mismatch, pick } from './match.ts';
import type { Door, Scenario, Step } from './scenario.ts';
import { type Watched, Witness } from './witness.ts';

/** What the steps of a scenario work on. */
interface Stage {
  client: Sandgate;
  session: Session;
  useKey(key: string | undefined): void;
  /** The proxy on the way, if any. */
  through: Scenario['through'];
}

/**
 * Plays a scenario to its end, in any runtime that has `fetch`.
 *
 * @throws {Error} that says in which step what was not as expected
 */
export async function play(scenario: Scenario, door: Door): Promise<void> {
  const { through } = scenario;
  const baseUrl = through ? door[`${through}Url`] : door.baseUrl;
  const clientOf = (apiKey = door.apiKey) => new Sandgate({ baseUrl, apiKey });
  const client = clientOf();
  const stage: Stage = {
    client,
    session: client.sessions.handle('none'),
    useKey: (key) => {
      stage.client = clientOf(key);
    },
    through,
  };
  const names: Record<string, unknown> = { run: crypto.randomUUID() };
  for (const [index, step] of scenario.steps.entries()) {
    try {
      await playStep(stage, fill(step, names), names);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Step ${index + 1}, ${step.do}: ${reason}`, { cause });
    }
  }
}

async function playStep(stage: Stage, step: Step, names: Record<string, unknown>): Promise<void> {
  const act = acts[step.do] as (stage: Stage, step: Step) => Promise<unknown>;
  if (step.refused !== undefined) {
    const error = await act(stage, step).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error instanceof ApiError && error.code === step.refused) return;
    throw new Error(`not refused as ${step.refused}: ${error ?? 'done'}`, { cause: error });
  }
  const outcome = await act(stage, step);
  const wrong = mismatch(outcome, step.expect ?? {});
  if (wrong && step.expect !== undefined) throw new Error(wrong);
  for (const [name, path] of Object.entries(step.save ?? {})) names[name] = pick(outcome, path);
}

type Acts = { [Do in Step['do']]: (stage: Stage, step: Extract<Step, { do: Do }>) => Promise<unknown> };

/** Each step in the client's own words. */
const acts: Acts = {
  useKey: async (stage, { key }) => stage.useKey(key),
  createSession: async (stage, { body }) => {
    stage.session = await stage.client.sessions.create(body);
    return stage.session.data;
  },
  getSession: ({ session }) => session.get(),
  deleteSession: ({ session }) => session.delete(),
  listSessions: ({ client }, { query }) => Array.fromAsync(client.sessions.list(query)),
  fork: async (stage, { body }) => {
    stage.session = await stage.session.fork(body);
    return stage.session.data;
  },

  chat: async (stage, { text, answer, until, key }) => {
    const chat = stage.session.chat(text, { idempotencyKey: key, onPermission: () => answer });
    // A key, and a request that is sent again, may find a turn that is over: of it no deltas come.
    const isLive = stage.through === undefined && key === undefined && until === undefined;
    const watched = await watch(stage, chat, { until, isLive });
    return { ...watched, text: until === undefined ? await chat.text() : '', turnId: chat.turnId };
  },
  startTurn: ({ session }, { text, key }) => session.turns.start(text, { idempotencyKey: key }),
  getTurn: ({ session }, { turnId, query }) => session.turns.get(turnId, query),
  follow: (stage, { turnId, after }) => watch(stage, stage.session.turns.events(turnId, { after })),
  interrupt: ({ session }) => session.interrupt(),
  listRequests: ({ session }) => Array.fromAsync(session.requests()),
  resume: ({ session }, { body }) => session.resume(body),
  listEvents: ({ session }, { query }) => Array.fromAsync(session.listEvents(query)),
  listMessages: ({ session }, { query }) => Array.fromAsync(session.messages(query)),

  readFile: async ({ session }, { path }) => {
    const file = await session.files.read(path);
    const bytes = await file.bytes();
    return { etag: file.etag, text: new TextDecoder().decode(bytes), base64: btoa(String.fromCharCode(...bytes)) };
  },
  writeFile: ({ session }, { path, text = '', base64, createOnly }) => {
    const content = base64 === undefined ? text : Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return session.files.write(path, content, { createOnly });
  },
  listFiles: ({ session }, { path, query }) => Array.fromAsync(session.files.list(path, query)),
  deleteFile: ({ session }, { path, query }) => session.files.delete(path, query),
  createSnapshot: ({ session }, { body }) => session.snapshots.create(body),
  restoreSnapshot: ({ session }, { snapshotId }) => session.snapshots.restore(snapshotId),
};

/** Reads a stream, and holds it against the log as far as it was read. */
async function watch(
  { session, through }: Stage,
  events: AsyncIterable<Event>,
  { until, isLive = false }: { until?: string | undefined; isLive?: boolean } = {},
): Promise<Omit<Watched, 'text'>> {
  const witness = new Witness();
  for await (const event of events) {
    witness.see(event);
    if (event.type === until) break;
  }
  const { turnId, seq } = witness.watched;
  const [first] = witness.durable;
  if (first && seq !== undefined) {
    const log = await Array.fromAsync(session.listEvents({ after: first.seq - 1 }));
    const due = log.filter((event) => event.turnId === turnId && event.seq <= seq);
    witness.judge(due, { isWhole: through !== 'cuts' && until === undefined, isLive });
  }
  return witness.watched;
}
