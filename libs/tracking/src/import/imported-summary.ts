import { metricNames, metricPart, type Summary } from '@thaw/experiment';
import { figureColumn } from '../records/own-columns.ts';
import { figuresOfEpoch } from './epoch-of.ts';
import { figuresOfRows } from './prediction-table.ts';
import type { PartResults, Results } from './results.ts';

/** What the results come to: figures of predictions and reports, else those that the file gives, else those of the last epoch. What is not known is NaN. */
export function importedSummary(results: Results): Summary {
  const { epochs, classes } = results;
  const known: Record<string, number> = {
    ...givenFigures(results),
    ...behind('val_', partFigures(results.validation, classes)),
    ...behind('test_', partFigures(results.test, classes)),
  };
  const always = ['train', 'val', 'test'].flatMap((part) => [`${part}_accuracy`, `${part}_loss`]);
  return {
    ...Object.fromEntries(always.map((name) => [name, Number.NaN])),
    best_epoch: Number.NaN,
    ...known,
    epochs: epochs.length > 0 ? epochs.length : Number.NaN,
    gap: (known['val_accuracy'] ?? Number.NaN) - (known['test_accuracy'] ?? Number.NaN),
  } as unknown as Summary;
}

/**
 * What may be wrong with the results of a file, in sentences; none where nothing is. Predictions and reports have fractions alone, other
 * figures may be per cent.
 */
export function doubts(all: readonly Results[]): string[] {
  const notes = [...new Set(all.flatMap((results) => results.notes))];
  const above = all.flatMap((results) => {
    const figures = Object.entries(givenFigures(results));
    return figures.filter(([name, value]) => name.endsWith('accuracy') && value > 1).slice(0, 1);
  });
  const [first] = above;
  if (first === undefined) return notes;
  const which =
    all.length === 1
      ? 'It has'
      : `${above.length} of the ${all.length} runs ${above.length === 1 ? 'has' : 'have'}`;
  const found = `${which} an accuracy above 1 (${first[0]} ${first[1]})`;
  return [
    ...notes,
    `${found}: per cent, it seems. Accuracies are fractions here: divide them by 100 and import again, or comparisons with other runs are wrong.`,
  ];
}

/**
 * What results lack and what would need it, in sentences; none for predictions with groups of both parts. `found`: the groups of
 * all were found by looking at their images.
 */
export function lacks({ validation, test, epochs }: Results, found = false): string[] {
  const parts = Object.entries({ validation, test });
  const absent = parts.flatMap(([name, part]) => (part === null ? [name] : []));
  if (absent.length === 2) {
    const what = epochs.length > 0 ? 'It has curves alone' : 'It has figures of whole runs alone';
    return [`${what}: without results on validation and test images there are no reports and no gap.`];
  }
  const notes = absent.map(
    (name) => `It has no results on ${name} images, so there is no gap between the two.`,
  );
  const present = parts.flatMap(([name, part]) => (part ? [{ name, part }] : []));
  for (const { name, part } of present) {
    if ('report' in part)
      notes.push(
        `Of ${name} images it has figures alone: intervals by groups, confusion matrices and calibration need predictions.`,
      );
    else if (part.groups === null && !found)
      notes.push(
        `Its predictions on ${name} images name no groups (patient, slide, photograph): intervals count each image as independent.`,
      );
  }
  return notes;
}

/** What the last epoch has, and what the file says of the whole run. */
function givenFigures({ epochs, figures }: Results): Record<string, number> {
  const last = epochs.at(-1);
  return { ...(last && named(figuresOfEpoch(last))), ...named(figures) };
}

function partFigures(
  part: PartResults | null,
  classes: readonly string[] | null,
): Record<string, number | undefined> {
  if (part === null) return {};
  if ('report' in part) return { accuracy: part.report.accuracy, loss: part.loss };
  return figuresOfRows(part.rows, classes!) as Record<string, number>;
}

function behind(
  prefix: string,
  figures: Readonly<Record<string, number | undefined>>,
): Record<string, number> {
  const known = Object.entries(figures).filter(
    ([name, value]) => value !== undefined && metricNames.some((each) => each === name),
  );
  return Object.fromEntries(known.map(([name, value]) => [prefix + name, value!]));
}

/** `loss`, `train/loss` and `acc` as Thaw calls them; others under their own names. */
function named(figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([key, value]) => {
      const { part, metric, named: hasPart } = metricPart(key);
      const name = hasPart || metricNames.some((each) => each === metric) ? `${part}_${metric}` : key;
      return [figureColumn(name), value];
    }),
  );
}
