import { isInternetHost } from '@sandgate/api-spec';

/** The names and addresses of this very machine, as a URL has them. */
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a request there stays on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return loopback.has(hostname);
}

/**
 * Why a URL is no place to send events to; undefined where it is. What its name stands for is for the network to hold: it
 * may stand for something else at the next request.
 */
export function refusalOf(text: string, allowsLoopback: boolean): string | undefined {
  const url = new URL(text);
  if (url.username || url.password) return 'Holds a user or a password';
  if (url.hash) return 'Holds a fragment';
  if (allowsLoopback && url.protocol === 'http:' && isLoopback(url)) return undefined;
  if (url.protocol !== 'https:') return 'Not over https';
  if (!isInternetHost(url.hostname)) return 'Not a host of the internet by its name';
  return undefined;
}
