import type { Egress } from '@sandgate/api-spec';

/** Where a request of a sandbox wants to go, or why it cannot. */
export type Destination = { host: string } | { host: string; refusal: string };

const ports: Record<string, string> = { 'http:': '80', 'https:': '443' };

/** Methods that make a proxy of a server, or have it repeat what it was sent, our headers among it. */
const refusedMethods = new Set(['CONNECT', 'TRACE', 'TRACK']);

/** Reads where a request goes: a host by its name, at the port of its scheme. */
export function destinationOf({ url, method }: { url: string; method: string }): Destination {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/\.$/, '');
  if ((port || ports[protocol]) !== ports[protocol]) return { host, refusal: 'Only the ports 80 and 443 are let out.' };
  if (isAddress(host)) return { host, refusal: 'Hosts are reached by their names.' };
  if (refusedMethods.has(method)) return { host, refusal: `The method ${method} is not let out.` };
  if (username || password) return { host, refusal: 'An address with a user name is not let out.' };
  return { host };
}

/** The rule that a host falls under: the one that names it, or the longest `*.` that it is below. */
export function ruleFor<Rule extends Pick<Egress['allow'][number], 'host'>>(
  rules: readonly Rule[],
  host: string,
): Rule | undefined {
  const exact = rules.find((rule) => rule.host === host);
  if (exact) return exact;
  return rules
    .filter((rule) => rule.host.startsWith('*.') && host.endsWith(rule.host.slice(1)))
    .toSorted((a, b) => b.host.length - a.host.length)[0];
}

/** The URL parser writes every form of an IPv4 address as four numbers, and puts brackets around IPv6. */
function isAddress(host: string): boolean {
  return host.startsWith('[') || /^\d+(\.\d+){3}$/.test(host);
}
