import type { CreateSession, ForkSession, PermissionAnswer, ResumeRequest, Session } from '@sandgate/client';

/** A row of `clients/scenarios.json`, which says at its top what all of it means. */
export interface Scenario {
  name: string;
  about: string;
  through?: 'cuts' | 'stumbles';
  steps: Step[];
}

export type Step = Act & {
  /** Part of what comes out. */
  expect?: unknown;
  /** What is kept of it: under which name, and where it stands. */
  save?: Record<string, string>;
  /** The code that it must be refused with. */
  refused?: string;
};

type Query<M extends (query: never) => unknown> = { query?: Parameters<M>[0] };

type Act =
  | { do: 'useKey'; key?: string }
  | { do: 'createSession'; body: CreateSession }
  | { do: 'getSession' | 'deleteSession' | 'interrupt' | 'listRequests' }
  | { do: 'listSessions'; query?: { metadata?: Record<string, string>; limit?: number } }
  | { do: 'chat'; text: string; answer?: PermissionAnswer; until?: string; key?: string }
  | { do: 'startTurn'; text: string; key?: string }
  | { do: 'getTurn'; turnId: string; query?: { wait?: number } }
  | { do: 'follow'; turnId: string; after?: number }
  | { do: 'resume'; body: ResumeRequest }
  | ({ do: 'listEvents' } & Query<Session['listEvents']>)
  | ({ do: 'listMessages' } & Query<Session['messages']>)
  | { do: 'readFile'; path: string }
  | { do: 'writeFile'; path: string; text?: string; base64?: string; createOnly?: boolean }
  | { do: 'listFiles'; path: string; query?: { recursive?: boolean; limit?: number } }
  | { do: 'deleteFile'; path: string; query?: { recursive?: boolean } }
  | { do: 'createSnapshot'; body: { name?: string } }
  | { do: 'restoreSnapshot'; snapshotId: string }
  | { do: 'fork'; body: ForkSession };

/** A running gateway, and the proxies with faults before it. */
export interface Door {
  baseUrl: string;
  cutsUrl: string;
  stumblesUrl: string;
  apiKey: string;
}
