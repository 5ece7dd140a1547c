import { Readable } from 'node:stream';
import type { Http2Bindings } from '@hono/node-server';
import { type ContractEnv, contractApp, ProblemError } from '@sandgate/api-spec';
import { wholeTrailer } from './connection.ts';
import { pathInUrl, relativePath } from './path.ts';
import type { Workspace } from './workspace.ts';

/** Line breaks, too. */
const anyPath = '/files/:path{[\\s\\S]*}';

interface FilesEnv extends ContractEnv {
  Bindings: Http2Bindings;
}

/** The `/files` routes, as the tools' user. Not from the contract's route objects: `{path}` there takes no slash. */
export function filesApp(workspace: Workspace) {
  const app = contractApp<FilesEnv>((error) => console.error(error));

  app.get('/files', async (context) => {
    const path = context.req.query('path');
    return context.json({ data: await workspace.list(path === undefined ? '' : relativePath(path)) });
  });

  app.get(anyPath, async (context) => {
    const { size, modifiedAt, bytes } = await workspace.read(pathInUrl(context.req.url));
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      'last-modified': httpDate(modifiedAt),
    };
    if (size > 0 && context.req.method !== 'HEAD')
      return new Response(Readable.toWeb(bytes) as ReadableStream, { headers });
    bytes.destroy();
    return new Response(null, { headers });
  });

  app.put(anyPath, async (context) => {
    const { entry, isNew } = await workspace.write(pathInUrl(context.req.url), whole(context.env.incoming));
    return context.json(entry, isNew ? 201 : 200);
  });

  app.delete(anyPath, async (context) => {
    await workspace.remove(pathInUrl(context.req.url));
    return context.body(null, 204);
  });

  return app;
}

/** RFC 9110, 8.8.2: never later than now. A time that no `Date` can hold, or from before 1970, is one of 1970. */
function httpDate(time: Date): string {
  return new Date(Math.min(Math.max(0, time.getTime() || 0), Date.now())).toUTCString();
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
