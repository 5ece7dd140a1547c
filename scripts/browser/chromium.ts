import { existsSync } from 'node:fs';

/** Chromium comes from the system: its own download is large, and not ours to make. */
export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);

export const chromiumPackages = 'apt-get install -y --no-install-recommends chromium';
