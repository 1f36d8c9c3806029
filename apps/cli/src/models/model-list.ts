import { age, fixed, parameterList, signed } from '@thaw/base';
import { aliasesOf, type ModelRecord } from '@thaw/tracking';
import { renderTable } from '../report/table.ts';

/** A table of versions, the newest of each model first, with the aliases that point at them and where each came from. */
export function modelList(
  models: readonly ModelRecord[],
  options: { readonly now: Date; readonly columns: number | null },
): string {
  return renderTable({
    head: ['model', 'aliases', 'run', 'sweep', 'parameters', 'val accuracy', 'test accuracy', 'gap', 'age'],
    aligns: ['left', 'left', 'left', 'left', 'left', 'right', 'right', 'right', 'right'],
    rows: models.flatMap((model) =>
      [...model.versions].reverse().map((version) => [
        `${model.name}:${version.version}`,
        aliasesOf(model, version.version).join(', ') || '-',
        version.run,
        version.sweep ?? '-',
        parameterList(version.parameters) || version.settings.model.scenario,
        fixed(version.summary.val_accuracy, 4),
        // Nothing else leaves a version without one.
        ...(Number.isNaN(version.summary.test_accuracy)
          ? ['sealed', '-']
          : [fixed(version.summary.test_accuracy, 4), signed(version.summary.gap, 4)]),
        age(options.now.getTime() - Date.parse(version.created)),
      ]),
    ),
    columns: options.columns,
  });
}
