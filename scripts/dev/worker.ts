import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import { convertV4MiniflareOptions, type MiniflareOptions, type Request } from 'miniflare';
import { containerOutput } from './container-output.ts';
import type { DocsLink } from './docs-link.ts';
import type { ContainerEngine } from './engine.ts';

const gateway = resolve(import.meta.dirname, '../../gateway');

/** As much of `wrangler.jsonc` as is read here. */
interface WranglerConfig {
  name: string;
  compatibility_date: string;
  compatibility_flags: string[];
  vars: Record<string, string>;
  migrations: { new_sqlite_classes?: string[] }[];
  containers: { class_name: string }[];
  durable_objects: { bindings: { name: string; class_name: string }[] };
  queues: {
    producers: { binding: string; queue: string }[];
    consumers: {
      queue: string;
      max_batch_size: number;
      max_batch_timeout: number;
      max_retries: number;
      retry_delay: number;
      dead_letter_queue?: string;
    }[];
  };
  ratelimits: { name: string; simple: { period: number } }[];
  r2_buckets: { binding: string; bucket_name: string }[];
  d1_databases: { binding: string; database_id: string }[];
  assets: { directory: string; binding: string; run_worker_first: string[] };
}

export interface WorkerSettings {
  port: number;
  /** Where Durable Objects, D1 and R2 keep their state. */
  data: string;
  engine: Pick<ContainerEngine, 'socket' | 'images' | 'namespace'>;
  /** Variables and secrets, over those of `wrangler.jsonc`. */
  vars: Record<string, string>;
  /** Has the key for the `/docs` page. */
  docsLink: Pick<DocsLink, 'answer'>;
  /** Whether the Queue drops what is put on it: Miniflare's does where nobody consumes it. */
  losesMessages: boolean;
}

const front = readFileSync(join(import.meta.dirname, 'front.js'), 'utf8');

/** What of `front.js` the public port leads to. */
export const publicEntrypoint = 'front';

export const migrationsFolder = join(gateway, 'migrations');

/** The gateway as `wrangler deploy` would upload it, with the bindings of `wrangler.jsonc`, for Miniflare. */
export function workerOptions(settings: WorkerSettings): MiniflareOptions {
  const { engine } = settings;
  const config: WranglerConfig = parse(readFileSync(join(gateway, 'wrangler.jsonc'), 'utf8'));
  const namespace = engine.namespace ?? `${config.name}-Sandbox`; // As workerd has it unless told.
  const sqlClasses = new Set(config.migrations.flatMap((migration) => migration.new_sqlite_classes ?? []));
  const containers = new Set(config.containers.map((container) => container.class_name));
  const durableObjects = Object.fromEntries(
    config.durable_objects.bindings.map(({ name, class_name: className }) => [
      name,
      {
        className,
        useSQLite: sqlClasses.has(className),
        ...(containers.has(className) && {
          container: { imageName: engine.images.sandbox },
          // workerd names the containers after it. Two stacks on one engine would take each other's away.
          ...(engine.namespace && { unsafeUniqueKey: engine.namespace }),
        }),
      },
    ]),
  );
  const vars = { ...config.vars, ...settings.vars };
  const rateLimits = config.ratelimits.map(({ name, simple: { period } }) => ({
    name,
    simple: { limit: Number(vars.REQUEST_LIMIT), period },
  }));
  const worker = {
    name: config.name,
    modules: [
      { type: 'ESModule', path: 'front.js', contents: front },
      { type: 'ESModule', path: 'index.js', contents: readFileSync(join(gateway, 'dist/index.js'), 'utf8') },
    ],
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    bindings: { ...vars, RATE_LIMITS: rateLimits },
    durableObjects,
    queueProducers: Object.fromEntries(
      config.queues.producers.map(({ binding, queue: queueName }) => [binding, { queueName }]),
    ),
    queueConsumers: settings.losesMessages
      ? {}
      : Object.fromEntries(
          config.queues.consumers.map((consumer) => [
            consumer.queue,
            {
              maxBatchSize: consumer.max_batch_size,
              maxBatchTimeout: consumer.max_batch_timeout,
              maxRetries: consumer.max_retries,
              retryDelay: consumer.retry_delay,
              ...(consumer.dead_letter_queue && { deadLetterQueue: consumer.dead_letter_queue }),
            },
          ]),
        ),
    r2Buckets: Object.fromEntries(
      config.r2_buckets.map(({ binding, bucket_name: name }) => [
        binding,
        secretName(name, vars.SANDBOX_MASTER_SECRET),
      ]),
    ),
    d1Databases: Object.fromEntries(config.d1_databases.map(({ binding, database_id: id }) => [binding, id])),
    serviceBindings: {
      OUTBOUND: { network: { allow: ['public'], tlsOptions: { trustBrowserCas: true } } },
      CONTAINER_OUTPUT: ({ url }: Request) =>
        // As workerd names the container of an object.
        containerOutput(engine.socket, `workerd-${namespace}-${new URL(url).pathname.slice(1)}`),
      DOCS_KEY: settings.docsLink.answer,
    },
    // Past the Workers that Miniflare puts before all: they cost time, and the first obeys headers of whoever sends them.
    unsafeDirectSockets: [{ host: '127.0.0.1', port: settings.port, entrypoint: publicEntrypoint }],
    assets: {
      directory: join(gateway, config.assets.directory),
      binding: config.assets.binding,
      run_worker_first: config.assets.run_worker_first,
      routerConfig: { has_user_worker: true },
    },
  };
  return convertV4MiniflareOptions({
    host: '127.0.0.1',
    workers: [worker],
    containerEngine: {
      localDocker: {
        socketPath: `unix:${engine.socket}`,
        containerEgressInterceptorImage: engine.images.sidecar,
      },
    },
    resourcePersistencePath: settings.data,
  } as Parameters<typeof convertV4MiniflareOptions>[0]) as MiniflareOptions;
}

/**
 * The name of a bucket on this machine. Miniflare serves each bucket to whoever knows its name, at
 * `/cdn-cgi/local/r2/public/`, and cannot be told not to: so that nobody knows it.
 */
function secretName(name: string, secret: string | undefined): string {
  if (!secret) throw new Error('The buckets need SANDBOX_MASTER_SECRET for their names.');
  return `${name}-${createHmac('sha256', secret).update(`bucket ${name}`).digest('hex').slice(0, 32)}`;
}
