import { styleText } from 'node:util';

/** Checks one thing after the other, says how each came out, and counts. */
export class Checks {
  passed = 0;
  failed = 0;

  async check(name: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
    const ok = await Promise.resolve()
      .then(isTrue)
      .catch((error: unknown) => {
        console.log(styleText('dim', String(error)));
        return false;
      });
    if (ok) this.passed += 1;
    else this.failed += 1;
    console.log(`${ok ? styleText('green', '✓') : styleText('red', '✗')} ${name}`);
  }
}
