import type { NamedRun, RunRow, Value } from '@thaw/tracking';

/** What of a row the run's name is made of. */
export function namedRow(row: RunRow): NamedRun {
  const { id, sweep, number } = row;
  return {
    id,
    sweep: textOf(sweep),
    number: typeof number === 'number' ? number : 0,
    backbone: textOf(row['model.backbone']),
    scenario: textOf(row['model.scenario']),
    // A program may have a parameter of this name.
    name: row['experiment'] === undefined ? null : textOf(row['name']),
  };
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
