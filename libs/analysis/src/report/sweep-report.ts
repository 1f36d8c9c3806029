import { counted, duration, parameterList, percent, points } from '@thaw/base';
import { withValues } from '@thaw/experiment';
import { bestFirst, bestTrial } from '@thaw/search';
import type { RunStore, SweepRecord, TrialRecord } from '@thaw/tracking';
import { forecastSentences } from '../forecast/forecast-sentences.ts';
import { escapeMarkup } from '../gap/figures/escape-markup.ts';
import { htmlPage } from '../gap/page/html-page.ts';
import { table } from '../gap/page/markup.ts';
import { leakageText } from '../leakage/leakage-text.ts';
import { noBestSentence } from '../sweeps/no-best-sentence.ts';
import { drawnTrials, variedParameters } from '../sweeps/drawn-trials.ts';
import { testSetSentences } from '../test-set/test-sentences.ts';
import { draw } from './draw.ts';
import { planeFigure, planeOf, type ChosenPlane } from './figures/plane-figure.ts';
import { gapScatterFigure, historyFigure, sliceFigure } from './figures/trial-figures.ts';
import { inGrid, pageHead, paragraphs, section, tile } from './sections.ts';

/** More rows are no report. */
const mostTrials = 200;

/**
 * A sweep as one HTML file that needs no other: its best trial, what is known of its split, and all trials in figures and in a
 * table, the best first. A UserError for a sweep that is not there or cannot be read.
 */
export async function sweepReport(
  store: Pick<RunStore, 'sweep'>,
  query: string,
  plane: ChosenPlane = {},
): Promise<string> {
  const sweep = await store.sweep(query);
  const { id, name, state, method, metric, trials, seconds, created } = sweep;
  const title = `Sweep ${name}`;
  const valued = withValues(trials, metric);
  const best = bestTrial(valued, metric.goal);
  const leaks = (sweep.leakage ?? []).some((each) => each.validation_images_with_a_twin_in_training > 0);
  const chosen = trials.find(({ number }) => number === sweep.forecast?.trial)?.summary?.test_accuracy;
  const slices = await Promise.all(
    variedParameters(drawnTrials(valued, ({ value }) => value)).map((path) =>
      draw(sliceFigure(trials, metric.name, path), `${metric.name} over ${path}`),
    ),
  );
  return htmlPage(escapeMarkup(title), [
    pageHead(
      title,
      [
        `Sweep ${id}`,
        `${method} search, to ${metric.goal} ${metric.name}; ${counted(trials.length, 'trial')}, ${state}`,
        `begun ${created.slice(0, 16).replace('T', ' ')} UTC${seconds === null ? '' : `, ${duration(seconds)}`}`,
      ],
      paragraphs(leakageText(sweep.leakage), leaks ? 'note' : ''),
      best
        ? bestTiles(best)
        : paragraphs([noBestSentence(sweep, trials.filter((each) => each.state === 'finished').length)]),
      best ? paragraphs(bestSentences(sweep, best, valued)) : '',
      paragraphs([...forecastSentences(sweep, chosen ?? null), ...testSetSentences(sweep)]),
    ),
    section(
      'All trials',
      inGrid([
        await draw(
          gapScatterFigure(trials),
          'Validation against test accuracy of each trial',
          'On the dashed line there is no gap.',
        ),
        await draw(
          historyFigure(trials, metric),
          `${metric.name} of each trial`,
          'The line is the best so far.',
        ),
      ]),
    ),
    section('By parameter', inGrid(slices)),
    section('Two parameters', inGrid([await drawPlane(sweep, plane)])),
    section(
      'Table',
      trials.length > mostTrials
        ? paragraphs([`The best ${mostTrials} of ${counted(trials.length, 'trial')}.`])
        : '',
      table(
        ['trial', 'parameters', 'state', 'validation', 'test', 'gap (points)', 'epochs', 'time'],
        valued
          .toSorted(bestFirst(metric.goal))
          .slice(0, mostTrials)
          .map((trial) => trialRow(trial)),
      ),
    ),
  ]);
}

function drawPlane(sweep: SweepRecord, chosen: ChosenPlane): Promise<string> | string {
  const plane = planeOf(sweep, chosen);
  if (!plane) return '';
  const { trials, metric } = sweep;
  return draw(planeFigure(trials, metric.name, plane), `${metric.name} over ${plane[0]} and ${plane[1]}`);
}

function bestTiles({ summary }: TrialRecord): string {
  const { val_accuracy: validation, test_accuracy: test, gap } = summary!;
  return `<dl class="tiles">
${tile('validation', 'Validation accuracy of the best', percent(finite(validation)), '')}
${tile('test', 'Its test accuracy', percent(finite(test)), '')}
${tile('gap', 'Generalisation gap', points(finite(gap)), 'percentage points')}
</dl>`;
}

function bestSentences(
  { metric }: SweepRecord,
  best: TrialRecord,
  valued: readonly (TrialRecord & { readonly value: number | null })[],
): string[] {
  const value = valued.find(({ number }) => number === best.number)!.value;
  const ties = valued.filter(
    (each) => each.state === 'finished' && each.value === value && each.number !== best.number,
  );
  const parameters = parameterList(best.parameters);
  return [
    `Best by ${metric.name}: trial ${best.number}${parameters === '' ? '' : ` (${parameters})`}, run ${best.run}.`,
    ...(ties.length === 0
      ? []
      : [
          `As good by ${metric.name}: ${counted(ties.length, 'other trial')}; of equals the first counts as the best.`,
        ]),
  ];
}

function trialRow({ number, parameters, state, summary, seconds }: TrialRecord): string[] {
  const { val_accuracy: validation, test_accuracy: test, gap, epochs } = summary ?? {};
  return [
    String(number),
    parameterList(parameters),
    state,
    percent(finite(validation)),
    percent(finite(test)),
    points(finite(gap)),
    epochs === undefined ? '-' : String(epochs),
    duration(seconds),
  ];
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
