import type { Kill } from './disk-trial.ts';

/** What was killed in the middle of which work, and what was found then: a row for each work. */
export function killTable(kills: readonly Kill[]): string {
  const killed = [...new Set(kills.map(({ what }) => what))].toSorted();
  const founds = ['before', 'after', 'a mix'] as const;
  const line = (name: string, ofWork: readonly Kill[]) => [
    name,
    ...killed.map((what) => ofWork.filter((kill) => kill.what === what).length),
    ...founds.map((found) => ofWork.filter((kill) => kill.found === found).length),
  ];
  const rows = [
    ['kills of', ...killed, ...founds.map((found) => `as ${found}`)],
    ...[...Map.groupBy(kills, ({ work }) => work)].toSorted().map(([work, ofWork]) => line(`a ${work}`, ofWork)),
    line('all', kills),
  ].map((row) => row.map(String));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
