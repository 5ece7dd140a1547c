import type { EgressRule, EgressShown } from '@sandgate/api-spec';
import { type SealedFor, seal, unseal } from '../seal.ts';

/** A host that may be reached, as it is kept: the headers that are added encrypted, and only their names in the clear. */
export interface SealedRule {
  host: string;
  headerNames: string[];
  /** See `seal`. */
  sealed?: string;
}

const sealedFor = (masterSecret: string | undefined, session: string, host: string): SealedFor => ({
  ...{ masterSecret, owner: session, use: 'sandgate egress headers', label: host },
});

/** Encrypts the headers of rules for one session. What is kept of another session, or for another host, does not open. */
export function sealRules(
  masterSecret: string | undefined,
  sessionName: string,
  rules: readonly EgressRule[],
): Promise<SealedRule[]> {
  return Promise.all(
    rules.map(async ({ host, headers = {} }) => {
      const headerNames = Object.keys(headers);
      if (headerNames.length === 0) return { host, headerNames };
      return { host, headerNames, sealed: await seal(sealedFor(masterSecret, sessionName, host), headers) };
    }),
  );
}

/** @throws where the headers were encrypted under another secret, for another session, or were changed. */
export async function openRule(
  masterSecret: string | undefined,
  sessionName: string,
  { host, sealed }: SealedRule,
): Promise<Record<string, string>> {
  return sealed === undefined ? {} : unseal(sealedFor(masterSecret, sessionName, host), sealed);
}

/** All of them as they were given, to be sealed for a session that takes them over. @throws as `openRule`. */
export function openRules(
  masterSecret: string | undefined,
  sessionName: string,
  rules: readonly SealedRule[],
): Promise<EgressRule[]> {
  return Promise.all(
    rules.map(async (rule) => ({ host: rule.host, headers: await openRule(masterSecret, sessionName, rule) })),
  );
}

export function shownRules(rules: readonly SealedRule[]): EgressShown {
  return { allow: rules.map(({ host, headerNames }) => ({ host, headerNames })) };
}
