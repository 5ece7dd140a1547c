import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The version is that of `api-spec/package.json`, which changesets bump, and what can reads it there. Here is who has to say
 * it himself, as a registry reads it in his files: which these are, and where in them the version stands.
 */
const holders: Record<string, RegExp> = {
  'clients/*/package.json': /^ {2}"version": "(.*)"/m,
  'clients/*/pyproject.toml': /^version = "(.*)"/m,
  'clients/*/version.go': /^(?:const )?Version = "(.*)"/m,
  'package-lock.json': /"name": "@sandgate\/(?:api-spec|client)",\s+"version": "(.*)"/g,
};

export function versionOf(root: string): string {
  return JSON.parse(readFileSync(join(root, 'api-spec/package.json'), 'utf8')).version;
}

/** The files that say another version, or none where they should. */
export function outdated(root: string): string[] {
  const files = Object.entries(holders).flatMap(([glob, place]) =>
    globSync(glob, { cwd: root }).map((file) => ({ file, place })),
  );
  const version = versionOf(root);
  return files
    .filter(({ file, place }) => {
      const found = [...readFileSync(join(root, file), 'utf8').matchAll(new RegExp(place, 'gm'))];
      return found.length === 0 || found.some(([, said]) => said !== version);
    })
    .map(({ file }) => file);
}

/** Has all of them say it. @throws where one has no place for it */
export function writeVersion(root: string): void {
  const version = versionOf(root);
  for (const [glob, place] of Object.entries(holders))
    for (const file of globSync(glob, { cwd: root })) {
      const path = join(root, file);
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        text.replace(place, (line, said: string) => line.replace(`"${said}"`, `"${version}"`)),
      );
    }
  const left = outdated(root);
  if (left.length > 0) throw new Error(`These name no version: ${left.join(', ')}.`);
}
