/** A request as it goes over a socket: readers speak HTTP themselves, so that they cost as little as can be. */
export interface Wire {
  port: number;
  text: string;
}

/** The request as text (RFC 9112). The connection ends with the answer. */
export function wire(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Wire {
  const content = body === undefined ? '' : JSON.stringify(body);
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    connection: 'close',
    ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return { port, text: `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${content}` };
}
