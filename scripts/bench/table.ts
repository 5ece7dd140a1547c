import { quantile, type Row } from './row.ts';

/** A table of Markdown that is printed row by row: of each target what it costs or brings, then ratios to the yardsticks. */
export class Table {
  readonly #targets: string[];
  readonly #yardsticks: string[];

  constructor(targets: string[], yardsticks: string[]) {
    this.#targets = targets;
    this.#yardsticks = yardsticks;
  }

  get head(): string {
    const heads = ['what', 'unit', ...this.#targets, ...this.#yardsticks.map((name) => `gateway ÷ ${name}`)];
    return `${line(heads)}\n${line(heads.map((_, column) => '-'.repeat(widthOf(column))))}`;
  }

  row(row: Row): string {
    const values = this.#targets.map((name) => median(row, name));
    return line([row.what, row.unit, ...values, ...this.#yardsticks.map((name) => ratio(row, 'gateway', name))]);
  }
}

const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widthOf(column))).join(' | ')} |`;

/** Of the columns as most rows need it: nobody knows yet what comes. */
const widthOf = (column: number) => [64, 11][column] ?? 22;

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
