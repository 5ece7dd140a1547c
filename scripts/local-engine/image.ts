import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** What stands in for a container image: a folder with an `image.json`, and an `app/` that is mounted at /app. */
export interface Image {
  cmd: string[];
  env: Record<string, string>;
  exposedPorts: number[];
  /** Absolute path of the folder that becomes /app. */
  app: string;
}

export function readImage(folder: string): Image {
  const file = resolve(folder, 'image.json');
  let parsed: Partial<Image>;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `cannot read the image: ${file}: ${(error as Error).message}. Build it, or point --image at its folder`,
    );
  }
  const { cmd, env = {}, exposedPorts = [] } = parsed;
  if (!Array.isArray(cmd) || cmd.length === 0 || !cmd.every((part) => typeof part === 'string')) {
    throw new Error(`${file}: "cmd" must be a list of strings, such as ["/usr/local/bin/node", "/app/server.js"]`);
  }
  const app = resolve(folder, 'app');
  if (!statSync(app, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`the image has no app folder: ${app}`);
  return { cmd, env, exposedPorts, app };
}

/** Every name that workerd asks for resolves to the one image; the shape is that of `docker image inspect`. */
export function describeImage(image: Image, name: string) {
  return {
    Id: 'sha256:0000000000000000000000000000000000000000000000000000000000000000',
    RepoTags: [name],
    Size: 0,
    Config: {
      Cmd: image.cmd,
      Env: Object.entries(image.env).map(([key, value]) => `${key}=${value}`),
      ExposedPorts: Object.fromEntries(image.exposedPorts.map((port) => [`${port}/tcp`, {}])),
    },
  };
}
