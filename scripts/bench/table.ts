import { quantile, type Row } from './row.ts';

/** The columns of a table: of each target, what it costs or brings, as a ratio to the yardstick. */
export function markdown(rows: Row[], targets: string[], yardsticks: string[]): string {
  const heads = ['what', 'unit', ...targets, ...yardsticks.map((name) => `gateway ÷ ${name}`)];
  const lines = rows.map((row) => [
    row.what,
    row.unit,
    ...targets.map((name) => median(row, name)),
    ...yardsticks.map((name) => ratio(row, 'gateway', name)),
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const text = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [text(heads), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.map(text)].join('\n');
}

function median(row: Row, name: string): string {
  const values = row.values[name];
  return values ? quantile(values, 0.5).toFixed(row.digits) : '–';
}

/** The median of the ratios of each round, and the least and the largest. */
function ratio(row: Row, name: string, yardstick: string): string {
  const [mine, other] = [row.values[name], row.values[yardstick]];
  if (!mine || !other) return '–';
  const ratios = mine.map((value, round) => value / (other[round] ?? Number.NaN)).filter(Number.isFinite);
  if (ratios.length === 0) return '–';
  const [low, middle, high] = [Math.min(...ratios), quantile(ratios, 0.5), Math.max(...ratios)];
  return `${short(middle)} (${short(low)}–${short(high)})`;
}

const short = (value: number) => value.toFixed(value < 10 ? 2 : 0);
