import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import type { OrchestratorCalls } from '../orchestrator/orchestrator-calls.ts';
import { settled } from '../orchestrator/settled.ts';
import { ModelRefusal } from './model-refusal.ts';
import { type ModelRequest, readModelRequest } from './model-request.ts';
import { noTokens } from './token-count.ts';
import { UsageMeter } from './usage-meter.ts';

const provider = 'https://api.anthropic.com';

/** The headers of an answer that a sandbox gets: nothing of the account that the key belongs to. */
const answerHeaders = ['content-type', 'request-id', 'retry-after', 'x-should-retry'];

/**
 * Answers a sandbox's call of its model: adds the key, streams the answer through, and counts what it used.
 *
 * @param keepAlive is given what goes on behind the answer: the sandbox may hang up, which does not make the call free.
 */
export async function callModel(
  request: Request,
  {
    env,
    orchestrator,
    keepAlive,
  }: { env: Env; orchestrator: OrchestratorCalls; keepAlive: (work: Promise<unknown>) => void },
): Promise<Response> {
  const answered = Promise.withResolvers<Response>();
  keepAlive(
    run(request, env, orchestrator, answered.resolve).catch((error) => {
      if (!(error instanceof ModelRefusal)) log('error', 'model not called', { error });
      const refusal =
        error instanceof ModelRefusal ? error : new ModelRefusal('api_error', 'The model cannot be reached.');
      answered.resolve(refusal.toResponse());
    }),
  );
  return answered.promise;
}

async function run(
  incoming: Request,
  env: Env,
  orchestrator: OrchestratorCalls,
  answer: (response: Response) => void,
): Promise<void> {
  if (!env.ANTHROPIC_API_KEY) throw new ModelRefusal('permission_error', 'This server has no model.');
  const request = await readModelRequest(incoming);
  if (!request.isCall) return answer(answerTo(await send(request, env)));

  const id = crypto.randomUUID();
  const refusal = await settled(orchestrator.beginModelCall(id, { model: request.model, largest: request.largest }));
  if (refusal) throw new ModelRefusal(refusal.kind, refusal.message);
  let tokens = noTokens;
  try {
    const response = await send(request, env);
    const meter = new UsageMeter(response.headers.get('content-type'));
    const { passing, whole } = watched(response.body, (chunk) => meter.take(chunk));
    answer(answerTo(response, passing));
    const isWhole = await whole;
    if (response.ok) tokens = meter.tokens() ?? (isWhole ? noTokens : { ...noTokens, input: request.largest.input });
  } finally {
    await settled(orchestrator.endModelCall(id, request.model, tokens));
  }
}

function send({ path, headers, body }: ModelRequest, env: Env): Promise<Response> {
  const signed = new Headers(headers);
  signed.set('x-api-key', env.ANTHROPIC_API_KEY as string);
  signed.set('accept-encoding', 'identity'); // It is read along.
  const base = (env.ANTHROPIC_BASE_URL || provider).replace(/\/$/, '');
  return fetch(`${base}${path}`, { method: 'POST', headers: signed, body, redirect: 'manual' });
}

function answerTo(response: Response, body = response.body): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const name of answerHeaders) {
    const value = response.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(body, { status: response.status, headers });
}

/**
 * An answer as it passes by. A stream of our own, as it is told at once when its reader hangs up.
 *
 * @returns the stream, and whether it came to its end, once it is over.
 */
function watched(
  body: ReadableStream<Uint8Array> | null,
  onChunk: (chunk: Uint8Array) => void,
): { passing: ReadableStream<Uint8Array>; whole: Promise<boolean> } {
  const reader = (body ?? new Blob([]).stream()).getReader();
  const { promise: whole, resolve: over } = Promise.withResolvers<boolean>();
  const passing = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await reader.read();
        if (next.done) {
          controller.close();
          return over(true);
        }
        onChunk(next.value);
        controller.enqueue(next.value);
      } catch (error) {
        controller.error(error);
        over(false);
      }
    },
    cancel(reason) {
      over(false);
      return reader.cancel(reason);
    },
  });
  return { passing, whole };
}
