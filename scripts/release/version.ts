import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The version is that of `api-spec/package.json`, which changesets bump. Servers read it there, the documents say it, and what
 * is made of the documents has it of them. Here is who has to say it himself, as npm reads it in his file, and where.
 */
const holders: Record<string, RegExp> = {
  'clients/typescript/package.json': /^ {2}"version": "(.*)"/gm,
  'package-lock.json': /"name": "@sandgate\/(?:api-spec|client)",\s+"version": "(.*)"/g,
};

export function versionOf(root: string): string {
  return JSON.parse(readFileSync(join(root, 'api-spec/package.json'), 'utf8')).version;
}

/** The files that say another version, or none. */
export function outdated(root: string): string[] {
  const version = versionOf(root);
  return Object.entries(holders)
    .filter(([file, place]) => {
      const found = [...readFileSync(join(root, file), 'utf8').matchAll(place)];
      return found.length === 0 || found.some(([, said]) => said !== version);
    })
    .map(([file]) => file);
}

/** Has all of them say it. @throws where one has no place for it */
export function writeVersion(root: string): void {
  const version = versionOf(root);
  for (const [file, place] of Object.entries(holders)) {
    const text = readFileSync(join(root, file), 'utf8');
    const written = text.replace(place, (line, said: string) => line.replace(`"${said}"`, `"${version}"`));
    writeFileSync(join(root, file), written);
  }
  const left = outdated(root);
  if (left.length > 0) throw new Error(`These name no version: ${left.join(', ')}.`);
}
