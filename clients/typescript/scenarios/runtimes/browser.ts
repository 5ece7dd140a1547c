import { type Browser, chromium } from 'playwright-core';

/** Chromium, without a window. It is the system's. */
export function launch(): Promise<Browser> {
  const executablePath = process.env.SANDGATE_CHROMIUM;
  if (!executablePath) throw new Error('SANDGATE_CHROMIUM must say where Chromium is: run `npm run test:clients`.');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic'] });
}
