import { boundedText } from './bounded-body.ts';

/** What `containerFetch` makes of a connection that nobody took (@cloudflare/containers 0.3.7, `containerFetch`). */
const notTaken = /^Error proxying request to container: (the )?container is not (listening|running)/i;

/**
 * Whether this is what `containerFetch` answers by itself: the container ended under the request, could not be had, or did
 * not speak HTTP. Our server says nothing in plain text.
 */
export function isCut({ status, headers }: Response): boolean {
  return status === 500 && Boolean(headers.get('content-type')?.startsWith('text/plain'));
}

/** The answer, or nothing where the request certainly reached nobody. Any other failure may have come behind it. */
export async function reached(response: Response): Promise<Response | undefined> {
  if (!isCut(response)) return response;
  const text = await boundedText(response);
  return notTaken.test(text) ? undefined : new Response(text, response);
}
