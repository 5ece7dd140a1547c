import type { Health } from '@sandgate/api-spec';
import type { Orchestrator } from './orchestrator/orchestrator.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { TurnMessage } from './turn-consumer.ts';
import type { NoticeMessage } from './webhooks/notice-consumer.ts';

/** The bindings of `wrangler.jsonc`, and the secrets. */
export interface Env {
  ORCHESTRATOR: DurableObjectNamespace<Orchestrator>;
  SANDBOX: DurableObjectNamespace<Sandbox>;
  /** Turns that are answered at once and started by the consumer: see `turn-consumer.ts`. */
  TURNS: Queue<TurnMessage>;
  /** Events for webhooks: see `webhooks/notice-consumer.ts`. */
  WEBHOOKS: Queue<NoticeMessage>;
  DB: D1Database;
  /** Counts the requests of each credential. */
  REQUESTS: RateLimit;
  /** What is saved of the sandboxes' disks. */
  DISKS: R2Bucket;
  ASSETS: Fetcher;
  /** What holds a sandbox, as `GET /health` says it. */
  ISOLATION: Health['isolation'];
  /** The key of the first account. */
  SANDGATE_API_KEY?: string;
  /**
   * The issuer of JSON Web Tokens that open accounts, as their `iss`, with the audience that they have to be for. Its
   * keys (RFC 7517) are fetched from the URL, or given as they are.
   */
  JWT_ISSUER?: string;
  JWT_AUDIENCE?: string;
  JWT_JWKS_URL?: string;
  JWT_JWKS?: string;
  /** The claim that says whose account it is; `sub` unless set. */
  JWT_ACCOUNT_CLAIM?: string;
  /** What each sandbox's own secret is derived from. */
  SANDBOX_MASTER_SECRET?: string;
  /** `1` lets sessions use the `scripted` agent. */
  ALLOW_SCRIPTED_AGENT?: string;
  /** The key that the gateway adds to what sandboxes ask their model; there is no model, and no `claude`, unless set. */
  ANTHROPIC_API_KEY?: string;
  /** Where the gateway finds the Messages API; Anthropic's own unless set. */
  ANTHROPIC_BASE_URL?: string;
  /**
   * What sandboxes reach the internet through: resolves names, and dials public addresses only. Bound on a local machine,
   * where the Worker's own `fetch` reaches all that the machine does; Cloudflare's reaches the internet only.
   */
  OUTBOUND?: Fetcher;
  /** What models cost: see `egress/prices.ts`. */
  MODEL_PRICES?: string;
  /**
   * The host names that a request may come for, with commas between; any unless set. Set on a local machine, where a
   * page on the internet could otherwise reach the gateway under a name of its own (DNS rebinding).
   */
  ALLOWED_HOSTS?: string;
  /**
   * Answers what the container of a Sandbox printed, by the object's id. Bound on a local machine only: Cloudflare shows
   * a container's output in its dashboard, and hands it to no Worker.
   */
  CONTAINER_OUTPUT?: Fetcher;
  /** Answers the key for the code of a link to `/docs`: see `routes/docs/key-link.ts`. Bound on a local machine only. */
  DOCS_KEY?: Fetcher;
  /** What `REQUESTS` allows a credential in ten seconds, which the binding itself does not tell. */
  REQUEST_LIMIT: string;
  /** The most sessions of an account, and the most of them with a turn that is not complete. */
  ACCOUNT_SESSION_LIMIT: string;
  ACCOUNT_TURN_LIMIT: string;
  /** The most webhooks of an account. */
  ACCOUNT_WEBHOOK_LIMIT: string;
  /** The most that the log of one session keeps, in bytes. */
  SESSION_LOG_LIMIT_BYTES: string;
  /** The most that is saved of one part of a session's disk: bytes, and files, directories and links. */
  SESSION_DISK_LIMIT_BYTES: string;
  SESSION_DISK_LIMIT_ENTRIES: string;
  /** How long a sandbox may take to start, in milliseconds. */
  SANDBOX_READY_TIMEOUT_MS: string;
  /** The waits behind each try of an event for a webhook but the last, in seconds, with commas between. */
  WEBHOOK_RETRY_SECONDS: string;
  /** `1` lets webhooks lead to this very machine over http. Set on a local machine only. */
  WEBHOOK_LOOPBACK?: string;
  /** How long a turn of the Queue waits behind the first start that failed, in seconds; each further wait is twice as long. */
  TURN_RETRY_SECONDS: string;
}
