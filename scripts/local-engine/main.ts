import {
  closeSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream';
import { parseArgs } from 'node:util';
import { CertificateAuthority } from './certificate-authority.ts';
import { createDockerApi } from './docker-api.ts';
import { Engine } from './engine.ts';
import { readImage } from './image.ts';
import { chooseIsolation } from './isolation.ts';
import { createLog } from './log.ts';

const USAGE = `usage: node main.ts --state DIR --image DIR
  [--socket PATH] [--disk-limit MIB] [--verbose] [--unsafe-no-isolation] [--stop-with-stdin]`;
/** How long the servers may take to end when the engine does. */
const GRACE_SECONDS = 2;
/** Leaves room for the terminating zero of the kernel's sun_path. */
const LONGEST_SOCKET_PATH = 107;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      socket: { type: 'string' },
      state: { type: 'string' },
      image: { type: 'string' },
      'disk-limit': { type: 'string' },
      verbose: { type: 'boolean', default: false },
      'unsafe-no-isolation': { type: 'boolean', default: false },
      'stop-with-stdin': { type: 'boolean', default: false },
    },
  });
  if (!values.state || !values.image) throw new Error(USAGE);
  const state = resolve(values.state);
  const chosenSocket = values.socket && resolve(values.socket);
  if (Buffer.byteLength(chosenSocket ?? '') > LONGEST_SOCKET_PATH)
    throw new Error(`--socket is too long for a unix socket: ${chosenSocket}`);

  closeInherited();
  process.umask(0o022);
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const log = createLog(values.verbose);
  const image = readImage(resolve(values.image));
  const isolation = await chooseIsolation({
    image,
    log,
    state,
    unsafe: values['unsafe-no-isolation'],
    diskBytes: readMebibytes(values['disk-limit']),
  });
  // Unless told, where a killed engine leaves nothing of it either.
  const socket = chosenSocket ?? `${isolation.runFolder}/engine.sock`;
  const authority = CertificateAuthority.open(`${state}/certificate-authority.pem`);
  const engine = new Engine(isolation.runtime, isolation.journal, authority);
  await engine.restore();
  const server = createDockerApi(engine);

  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await engine.close(GRACE_SECONDS);
    rmSync(socket, { force: true });
    isolation.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  if (values['stop-with-stdin']) {
    // Whoever started us is gone, in whatever way, and reads no log any more.
    for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
    finished(process.stdin.resume(), () => void stop());
  }

  rmSync(socket, { force: true });
  // Whoever can reach the socket can start programs: it is for this user alone, from its first moment.
  const umask = process.umask(0o177);
  await new Promise<void>((done, failed) => server.once('error', failed).listen(socket, done));
  process.umask(umask);
  const { mode, limits, disk } = isolation;
  process.stdout.write(`${JSON.stringify({ ready: true, mode, limits, disk, socket })}\n`);
}

/** 0 means none; left out, what can be had. */
function readMebibytes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,7}$/.test(text)) throw new Error(`--disk-limit is "${text}": give it in MiB, or 0 for none`);
  return Number(text) * 1024 ** 2;
}

/**
 * Descriptors that whoever started us left open would reach into every sandbox; Node's own are closed on exec. But for one:
 * a thread of Node may be reading the certificates of `NODE_EXTRA_CA_CERTS`, and would then close, by its number, whatever
 * else was opened meanwhile. The process ended by that as it began, now and then.
 */
function closeInherited(): void {
  const O_CLOEXEC = 0o2000000;
  const certificates = process.env.NODE_EXTRA_CA_CERTS;
  const beingRead = certificates && existsSync(certificates) ? realpathSync(certificates) : undefined;
  for (const name of readdirSync('/proc/self/fd')) {
    const descriptor = Number(name);
    if (descriptor <= 2) continue;
    try {
      const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, 'utf8'))?.[1];
      if (!flags || (Number.parseInt(flags, 8) & O_CLOEXEC) !== 0) continue;
      if (readlinkSync(`/proc/self/fd/${name}`) !== beingRead) closeSync(descriptor);
    } catch {
      // The descriptor of the listing itself.
    }
  }
}

try {
  // Awaited, so that Node says so (exit 13) where all that is left is to wait for what cannot come any more.
  await main();
} catch (error) {
  process.stderr.write(`local-engine: ${(error as Error).message}\n`);
  process.exit(1);
}
