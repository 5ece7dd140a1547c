import { readConfig } from './config.ts';
import { errorFields, log } from './logger.ts';
import { startServer } from './server.ts';

// A mistake of ours: whoever runs us starts us anew, and the next boot knows nothing half done.
process.on('uncaughtException', (error, origin) => {
  log('crashed', { origin, ...errorFields(error) });
  process.exit(1);
});
// Nor does a log that nobody reads any more end the server.
process.stdout.on('error', () => {});
try {
  const server = await startServer(readConfig(process.env));
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log('stopping', { signal });
    void server.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  log('not_started', errorFields(error));
  process.exit(1);
}
