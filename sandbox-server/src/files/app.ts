import { Readable } from 'node:stream';
import type { Http2Bindings } from '@hono/node-server';
import { type ContractEnv, contractApp, onlyJson, ProblemError, sandboxFileRoutes } from '@sandgate/api-spec';
import { wholeTrailer } from './connection.ts';
import { fileResponse } from './file-response.ts';
import { pathInUrl, relativePath } from './path.ts';
import type { Workspace } from './workspace.ts';

/** Line breaks, too. Not from the contract's route objects: `{path}` there takes no slash. */
const anyPath = '/files/:path{[\\s\\S]*}';

interface FilesEnv extends ContractEnv {
  Bindings: Http2Bindings;
}

/** The routes of the files, as the tools' user. */
export function filesApp(workspace: Workspace) {
  const app = contractApp<FilesEnv>((error) => console.error(error));

  app.openapi(sandboxFileRoutes.listFiles, async (context) => {
    const { path, after, ...options } = context.req.valid('query');
    const cursor = after === undefined ? {} : { after: relativePath(after) };
    return context.json(await workspace.list(directoryIn(path), { ...options, ...cursor }), 200);
  });

  app.use(sandboxFileRoutes.changeFiles.path, onlyJson);
  app.openapi(sandboxFileRoutes.changeFiles, async (context) => {
    const change = context.req.valid('json');
    if (change.operation === 'move') {
      const { from, to, overwrite } = change;
      return context.json(await workspace.move(relativePath(from), relativePath(to), overwrite), 200);
    }
    const { entry, isNew } = await workspace.makeDirectory(relativePath(change.path));
    return context.json(entry, isNew ? 201 : 200);
  });

  app.openapi(sandboxFileRoutes.statFile, async (context) =>
    context.json(await workspace.stat(directoryIn(context.req.valid('query').path)), 200),
  );

  app.openapi(sandboxFileRoutes.readArchive, async (context) => {
    const { path, format = 'tar.gz' } = context.req.valid('query');
    const tar = await workspace.pack(directoryIn(path));
    if (format === 'tar') return new Response(tar, { headers: { 'content-type': 'application/x-tar' } });
    const gzip = tar.pipeThrough(new CompressionStream('gzip') as ReadableWritablePair<Uint8Array, Uint8Array>);
    return new Response(gzip, { headers: { 'content-type': 'application/gzip' } });
  });

  app.put(sandboxFileRoutes.writeArchive.path, async (context) => {
    const path = directoryIn(context.req.query('path'));
    return context.json(await workspace.unpack(path, whole(context.env.incoming)), 200);
  });

  app.get(anyPath, async (context) => fileResponse(context.req.raw, await workspace.open(pathInUrl(context.req.url))));

  app.put(anyPath, async (context) => {
    const conditions = { ifMatch: context.req.header('if-match'), createOnly: isCreation(context.req.raw.headers) };
    const path = pathInUrl(context.req.url);
    const { entry, isNew } = await workspace.write(path, whole(context.env.incoming), conditions);
    return context.json(entry, isNew ? 201 : 200);
  });

  app.delete(anyPath, async (context) => {
    const recursive = context.req.query('recursive') === 'true';
    await workspace.remove(pathInUrl(context.req.url), { ifMatch: context.req.header('if-match'), recursive });
    return context.body(null, 204);
  });

  return app;
}

const directoryIn = (path: string | undefined) => (path === undefined ? '' : relativePath(path));

/** The one meaning of the header that a write has (RFC 9110, section 13.1.2). */
function isCreation(headers: Headers): boolean {
  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch === null || ifNoneMatch.trim() === '*') return ifNoneMatch !== null;
  throw new ProblemError('invalid_request', 'If-None-Match: a write takes nothing but "*".', {
    errors: [{ path: 'if-none-match', message: 'Must be "*"' }],
  });
}

async function* chunksOf(incoming: Http2Bindings['incoming']) {
  const cutOff = new ProblemError('invalid_request', 'The upload was cut off.');
  try {
    yield* incoming;
  } catch {
    throw cutOff;
  }
  if (incoming.trailers[wholeTrailer] === undefined) throw cutOff;
}

/** An upload, which fails unless all of it has arrived. */
const whole = (incoming: Http2Bindings['incoming']) => Readable.from(chunksOf(incoming), { objectMode: false });
