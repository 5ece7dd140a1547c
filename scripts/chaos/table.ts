import { styleText } from 'node:util';
import { killTable } from './kill-table.ts';
import type { Verdict } from './run.ts';

/** The verdict as a person reads it. */
export function table({ findings, struck, kills }: Verdict): string {
  const most = 5;
  const lines = findings.map(({ sentence, checked, broken }) => {
    const mark = broken.length === 0 ? styleText('green', '✓') : styleText('red', '✗');
    const shown = broken.slice(0, most).map((each) => `\n    ${each}`);
    const rest = broken.length > most ? `\n    … and ${broken.length - most} more` : '';
    return `${mark} ${sentence} ${styleText('dim', checked)}${shown.join('')}${rest}`;
  });
  const faults = [...struck].map(([name, times]) => `${name} ${times}×`).join(', ');
  const kept = findings.filter(({ broken }) => broken.length === 0).length;
  const ofDisks = kills.length > 0 ? `${killTable(kills)}\n\n` : '';
  return `\n${ofDisks}${lines.join('\n')}\n\nFaults: ${faults}\n${kept} promises kept, ${findings.length - kept} broken`;
}
