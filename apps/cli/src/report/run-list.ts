import { age, fixed, parameterList, signed } from '@thaw/base';
import type { RunEntry } from '@thaw/tracking';
import { known } from './known.ts';
import { renderTable } from './table.ts';

/** A table of runs in the order given, with `-` for what a run does not have, and their tags where any has some. */
export function runList(
  runs: readonly RunEntry[],
  options: { readonly now: Date; readonly columns: number | null },
): string {
  const tagged = runs.some(({ run }) => run.tags.length > 0);
  return renderTable({
    head: [
      ...['run', 'sweep', 'state', 'parameters', 'epochs', 'val accuracy', 'test accuracy', 'gap', 'age'],
      ...(tagged ? ['tags'] : []),
    ],
    aligns: [
      ...(['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'] as const),
      ...(tagged ? (['left'] as const) : []),
    ],
    rows: runs.map((found) => {
      const { id, sweep, state, parameters, summary, sealed, created, tags } = found.run;
      return [
        id,
        sweep ?? '-',
        state,
        parameterList(parameters) || scenario(found),
        summary && Number.isFinite(summary.epochs) ? String(summary.epochs) : '-',
        fixed(known(summary?.val_accuracy), 4),
        ...(sealed && summary
          ? ['sealed', '-']
          : [fixed(known(summary?.test_accuracy), 4), signed(known(summary?.gap), 4)]),
        age(options.now.getTime() - Date.parse(created)),
        ...(tagged ? [tags.join(', ')] : []),
      ];
    }),
    columns: options.columns,
  });
}

/** A run without parameters is best told by its scenario. */
function scenario({ row }: RunEntry): string {
  return String(row['model.scenario'] ?? (row['program'] === undefined ? '-' : 'imported'));
}
