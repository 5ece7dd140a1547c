import { ConnectionError } from './errors/connection-error.ts';
import { SandgateError } from './errors/sandgate-error.ts';
import { decode } from './event-source.ts';
import { delayBeforeRetry, longestWaitMs } from './retry.ts';
import { type HttpRequest, label, type RequestOptions, type Transport } from './transport.ts';
import type { Event } from './types.ts';

/** Where a stream of events comes from, and who is told of it. */
export interface Source {
  /** What opens it: a POST with an idempotency key, or a GET. */
  readonly request: HttpRequest;
  /** The number of the last event that the caller has. */
  readonly after?: number | undefined;
  /** Whether it ends with `complete`, or never. */
  readonly untilComplete: boolean;
  readonly onOpen?: (response: Response) => void;
  readonly onEvent?: (event: Event) => void;
}

/** How far a stream was read, and what is known about going on. */
interface Place {
  request: HttpRequest;
  lastId: string | undefined;
  lastSeq: number;
  /** Whether the server ever let us in. */
  opened: boolean;
  /** What the server asks us to wait before we come back. */
  retryMs: number;
  /** Attempts in a row that brought nothing. */
  failures: number;
}

/** A connection that still brings heartbeats after this time is a good one, even where nothing happens. */
const goodConnectionMs = 10_000;

/**
 * Reads a stream through every cut: goes on after the last event it has, at the `Content-Location` if the server named
 * one, and yields no durable event twice.
 *
 * @throws {ApiError} if the server refuses
 * @throws {ConnectionError} if nothing has come for about a minute of trying
 */
export async function* follow(
  transport: Transport,
  source: Source,
  options: RequestOptions,
): AsyncGenerator<Event, void, undefined> {
  const { timing, maxReconnects, maxRetries } = transport;
  const { request, after } = source;
  const place = { request, lastId: after?.toString(), lastSeq: after ?? 0, opened: false, retryMs: 0, failures: 0 };
  for (;;) {
    let failure: unknown;
    try {
      if ((yield* connect(transport, source, place, options)) === 'over') return;
      failure = new ConnectionError(`${label(place.request)}: the stream ended too early`);
    } catch (error) {
      options.signal?.throwIfAborted();
      failure = error;
    }
    const limit = place.opened ? maxReconnects : (options.maxRetries ?? maxRetries);
    const delay = delayBeforeRetry(failure, place.failures, timing);
    if (delay === undefined || place.failures >= limit) throw failure;
    place.failures += 1;
    await timing.sleep(Math.max(delay, Math.min(place.retryMs, longestWaitMs)), options.signal);
  }
}

/** One connection's share of the stream. */
async function* connect(
  transport: Transport,
  source: Source,
  place: Place,
  options: RequestOptions,
): AsyncGenerator<Event, 'over' | 'cut', undefined> {
  const request = goingOn(place);
  const response = await transport.attempt(request, options, place.failures, (answer) => checkStream(request, answer));
  if (response.body === null) return 'over';
  place.opened = true;
  place.request = transport.streamAt(response.headers.get('content-location')) ?? place.request;
  source.onOpen?.(response);
  const since = transport.timing.now();
  for await (const frame of decode(response.body, label(request), transport.timing)) {
    options.signal?.throwIfAborted();
    if (transport.timing.now() - since >= goodConnectionMs) place.failures = 0;
    if ('retryMs' in frame) place.retryMs = frame.retryMs;
    if ('id' in frame) place.lastId = frame.id;
    if (!('data' in frame)) continue;
    const event = parse(request, frame.data);
    if (takeNote(place, event)) {
      source.onEvent?.(event);
      yield event;
    }
    if (source.untilComplete && event.type === 'complete') return 'over';
  }
  return 'cut';
}

/** A POST is repeated as it was: its idempotency key names what it began. */
function goingOn({ request, lastId }: Place): HttpRequest {
  if (request.method !== 'GET' || !lastId) return request;
  const headers = new Headers(request.headers);
  headers.set('last-event-id', lastId);
  return { ...request, headers };
}

/** Takes notice of an event; false where it was seen before. */
function takeNote(place: Place, event: Event): boolean {
  if ('seq' in event) {
    if (event.seq <= place.lastSeq) return false;
    place.lastSeq = event.seq;
  }
  // A snapshot comes with every reconnection: it says nothing new.
  if (!event.type.endsWith('.snapshot')) place.failures = 0;
  return true;
}

function checkStream(request: HttpRequest, response: Response): Response {
  const type = response.headers.get('content-type');
  if (response.status !== 204 && !type?.startsWith('text/event-stream')) {
    response.body?.cancel().catch(() => {});
    throw new SandgateError(`${label(request)}: answered with ${type ?? 'nothing'} instead of a stream`);
  }
  return response;
}

function parse(request: HttpRequest, data: string): Event {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new SandgateError(`${label(request)}: an event is not JSON`, { cause });
  }
}
