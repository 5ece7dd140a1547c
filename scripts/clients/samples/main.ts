import { randomBytes } from 'node:crypto';
import { styleText } from 'node:util';
import { Sandgate } from '@sandgate/client';
import { arrange } from './given.ts';
import { run } from './run.ts';
import { type Language, languages, samples, sourceOf } from './sample.ts';

/** Runs the samples of one language against the server of the environment, which is that of `npm run test:clients`: they leave things behind. */
const language = process.argv[2] as Language;
if (!(language in languages)) throw new Error(`No language is called ${language}: ${Object.keys(languages)}.`);

const client = new Sandgate();
let failed = 0;
for (const { name, given, prints } of samples) {
  const sessionId = `sample-${language}-${randomBytes(6).toString('hex')}`;
  try {
    const names = Object.entries(await arrange(client, given, sessionId));
    const real = (text: string) => names.reduce((before, [from, to]) => before.replaceAll(from, to), text);
    const printed = await run(language, name, real(sourceOf(language, name)));
    const missing = prints.map(real).filter((part) => !printed.includes(part));
    if (missing.length > 0) throw new Error(`It does not print ${JSON.stringify(missing)}:\n${printed}`);
    console.log(`${styleText('green', '✓')} ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`${styleText('red', '✗')} ${name} ${error instanceof Error ? error.message : error}`);
  }
}
console.log(`\n${samples.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
