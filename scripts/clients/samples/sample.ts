import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of `clients/samples.json`, which says what each means. */
export interface Sample {
  name: string;
  operation?: string;
  title?: string;
  given: 'nothing' | 'session' | 'finished' | 'running' | 'waiting';
  prints: string[];
}

const clients = join(import.meta.dirname, '../../../clients');

export const { samples }: { samples: Sample[] } = JSON.parse(readFileSync(join(clients, 'samples.json'), 'utf8'));

/** The languages in the order in which they are shown. */
export const languages = {
  curl: { lang: 'bash', label: 'curl', file: (name: string) => `curl/samples/${name}.sh` },
  typescript: { lang: 'typescript', label: 'TypeScript', file: (name: string) => `typescript/samples/${name}.ts` },
  python: { lang: 'python', label: 'Python', file: (name: string) => `python/samples/${name}.py` },
  go: { lang: 'go', label: 'Go', file: (name: string) => `go/samples/${name}/main.go` },
};
export type Language = keyof typeof languages;

export function sourceOf(language: Language, name: string): string {
  return readFileSync(pathOf(language, name), 'utf8');
}

export function pathOf(language: Language, name: string): string {
  return join(clients, languages[language].file(name));
}
