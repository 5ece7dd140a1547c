import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/** What workerd tells the sidecar with `PUT /egress`; fields that it leaves out keep their value. */
export interface EgressRules {
  /** workerd's egress proxy, on 127.0.0.1. */
  port: number;
  internet?: { enabled?: boolean } | undefined;
  dns?: { allowHostnames?: string[] } | undefined;
}

export interface Target {
  host: string;
  port: number;
}

/**
 * The address that stands for a host that only workerd's handlers know; the same one that Cloudflare's sidecar
 * answers. Nothing is ever sent to it.
 */
export const PLACEHOLDER = '11.0.0.1';
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?$/i;

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6');
}

/** Throws if what came is not rules: the request is then answered with 400. */
export function mergeRules(known: EgressRules | undefined, update: unknown): EgressRules {
  const rules = { ...known, ...(update as EgressRules) };
  const names = rules.dns?.allowHostnames ?? [];
  if (!Number.isInteger(rules.port) || rules.port < 1 || rules.port > 65535) throw new TypeError('port is not a port');
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
    throw new TypeError('bad allowHostnames');
  return rules;
}

/** Reads the target of a CONNECT, `host:port` and nothing else. */
export function parseTarget(text: string | undefined): Target | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+)):([1-9]\d{0,4})$/i.exec(text ?? '');
  if (!match) return undefined;
  const host = (match[1] ?? match[2] ?? '').toLowerCase();
  const port = Number(match[3]);
  if (port > 65535) return undefined;
  if (match[1] ? isIP(host) !== 6 : isIP(host) !== 4 && !(HOST.test(host) && !/^[\d.]+$/.test(host))) return undefined;
  return { host, port };
}

/**
 * Decides where a request may go, as an address for workerd: undefined means nowhere. Addresses of this machine and of
 * private networks are never let through, whatever the rules say: with the internet enabled, workerd would dial them.
 */
export async function route(target: Target, rules: EgressRules | undefined): Promise<string | undefined> {
  if (!rules) return undefined;
  const internet = rules.internet?.enabled === true;
  const handled = (rules.dns?.allowHostnames ?? []).some((pattern) => globMatches(pattern, target.host));
  if (!internet && !handled) return undefined;
  if (isIP(target.host)) return isPrivate(target.host) ? undefined : join(target.host, target.port);
  if (target.host === 'localhost' || target.host.endsWith('.localhost')) return undefined;
  const resolved = internet ? await lookup(target.host, 4).catch(() => undefined) : undefined;
  if (resolved) return isPrivate(resolved.address) ? undefined : join(resolved.address, target.port);
  return handled ? join(PLACEHOLDER, target.port) : undefined;
}

export function isPrivate(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** `*` stands for any characters, as in workerd's own matching. */
function globMatches(pattern: string, host: string): boolean {
  const source = pattern
    .toLowerCase()
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`).test(host);
}

function join(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
