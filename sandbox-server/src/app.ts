import type { HttpBindings } from '@hono/node-server';
import {
  type ContractEnv,
  contractApp,
  diskBoot,
  onlyJson,
  ProblemError,
  readTraceparent,
  sandboxServerRoutes,
  version,
} from '@sandgate/api-spec';
import { bearerAuth } from './auth.ts';
import type { Config } from './config.ts';
import type { Disk } from './disk/disk.ts';
import { diskRoutes } from './disk/routes.ts';
import type { FilesProxy } from './files/proxy.ts';
import { errorFields, log } from './logger.ts';
import { turnStream } from './turn-stream.ts';
import type { Turns } from './turns.ts';

interface AppEnv extends ContractEnv {
  Bindings: HttpBindings;
}

interface Parts {
  turns: Turns;
  files: FilesProxy;
  disk: Disk;
  /** What saves and restores the tools' part of the disk. */
  trees: FilesProxy;
}

/** The routes of the server. Without a secret there is no auth. */
export function createApp(
  { secret, dataDirectory, home }: Pick<Config, 'secret' | 'dataDirectory' | 'home'>,
  { turns, files, disk, trees }: Parts,
) {
  const app = contractApp<AppEnv>((error, requestId) => log('request_failed', { requestId, ...errorFields(error) }));

  app.openapi(sandboxServerRoutes.health, (context) => context.json({ ...turns.health(), version }, 200));

  // From here on.
  if (secret !== undefined) app.use(bearerAuth(secret));

  // Before all that looks at a body: two readers of an upload would stop one another.
  const toFiles = (context: { env: AppEnv['Bindings']; get(key: 'requestId'): string }) => {
    disk.requireReady();
    turns.touch();
    return files.fetch(context.env, context.get('requestId'));
  };
  for (const path of ['/files', '/files/*', '/stat', '/archive']) app.all(path, toFiles);

  app.use('/disk/*', async ({ req }, next) => {
    const { success, data } = diskBoot.safeParse(req.query());
    if (!success) throw new ProblemError('invalid_request', 'bootId: Required');
    turns.requireBoot(data.bootId);
    if (req.method === 'PUT') disk.requireUnused();
    await next();
  });
  const toTrees = (context: { env: AppEnv['Bindings']; get(key: 'requestId'): string }) =>
    trees.fetch(context.env, context.get('requestId'));
  for (const tree of home === undefined ? ['workspace'] : ['workspace', 'home']) {
    app.post(`/disk/${tree}/save`, toTrees);
    app.put(`/disk/${tree}`, toTrees);
  }
  diskRoutes(app, { records: dataDirectory });
  app.post('/disk/ready', (context) => {
    disk.setReady();
    return context.body(null, 204);
  });
  app.post('/disk/saved', (context) => {
    disk.setSaved();
    return context.body(null, 204);
  });
  app.all('/disk/*', () => {
    throw new ProblemError('not_found', 'This is no part of the disk here.');
  });

  app.use(onlyJson);

  app.openapi(sandboxServerRoutes.chat, (context) => {
    const request = context.req.valid('json');
    const frames = turns.start(request);
    log('turn_taken', { turnId: request.turnId, traceId: readTraceparent(context.req.header('traceparent'))?.traceId });
    return turnStream(frames, frames.start);
  });

  app.openapi(sandboxServerRoutes.turnEvents, (context) => {
    const log = turns.find(context.req.valid('param').turnId);
    const lastEventId = context.req.valid('header')['last-event-id'];
    const after = lastEventId === undefined ? (context.req.valid('query').after ?? 0) : Number(lastEventId);
    if (after > log.head) throw new ProblemError('cursor_beyond_head', `The newest frame is ${log.head}.`);
    return turnStream(log, after);
  });

  app.openapi(sandboxServerRoutes.resume, (context) => context.json(turns.resume(context.req.valid('json')), 200));

  app.openapi(sandboxServerRoutes.interrupt, async (context) =>
    context.json(await turns.interrupt(context.req.valid('json')?.turnId), 200),
  );

  return app;
}
