import { age, fixed, parameterList, signed } from '@thaw/base';
import type { RunRecord } from '@thaw/tracking';
import { known } from './known.ts';
import { renderTable } from './table.ts';

/** A table of runs in the order given, with `-` for what a run does not have, and their tags where any has some. */
export function runList(
  runs: readonly (RunRecord & { readonly tags?: readonly string[] })[],
  options: { readonly now: Date; readonly columns: number | null },
): string {
  const tagged = runs.some(({ tags = [] }) => tags.length > 0);
  return renderTable({
    head: [
      ...['run', 'sweep', 'state', 'parameters', 'epochs', 'val accuracy', 'test accuracy', 'gap', 'age'],
      ...(tagged ? ['tags'] : []),
    ],
    aligns: [
      ...(['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right', 'right'] as const),
      ...(tagged ? (['left'] as const) : []),
    ],
    rows: runs.map((run) => [
      run.id,
      run.sweep ?? '-',
      run.state,
      // A run without parameters is best told by its scenario.
      parameterList(run.parameters) || (run.settings?.model.scenario ?? (run.imported ? 'imported' : '-')),
      run.summary && Number.isFinite(run.summary.epochs) ? String(run.summary.epochs) : '-',
      fixed(known(run.summary?.val_accuracy), 4),
      ...(run.sealed && run.summary
        ? ['sealed', '-']
        : [fixed(known(run.summary?.test_accuracy), 4), signed(known(run.summary?.gap), 4)]),
      age(options.now.getTime() - Date.parse(run.created)),
      ...(tagged ? [run.tags?.join(', ') ?? ''] : []),
    ]),
    columns: options.columns,
  });
}
