import { duration, parameterList, percent, percentInterval, points, pointsInterval } from '@thaw/base';
import { namedRun, runName, type RunRecord, type RunStore } from '@thaw/tracking';
import { confusionPanel, differencePanel } from '../gap/figures/confusion-figure.ts';
import { classFigure } from '../gap/figures/class-figure.ts';
import {
  gapInterval,
  scoreInterval,
  scoreMeanings,
  scoreNames,
  type Score,
} from '../gap/figures/class-score.ts';
import { reliabilityFigure } from '../gap/figures/reliability-figure.ts';
import { colours } from '../gap/figures/theme.ts';
import { htmlPage } from '../gap/page/html-page.ts';
import { table } from '../gap/page/markup.ts';
import { escapeMarkup } from '../gap/figures/escape-markup.ts';
import type { GroupsOfRunOptions } from '../groups/groups-of-run.ts';
import { runResults, type RunResults } from '../results/run-results.ts';
import { flatterySentences, groupingSentence, onePartSentence } from '../results/sentences.ts';
import { validationResults, type ValidationResults } from '../results/validation-results.ts';
import { draw } from './draw.ts';
import { drawCurves, type ChosenCurves } from './figures/draw-curves.ts';
import { settingRows } from './setting-rows.ts';
import { accuracyTiles, inGrid, pageHead, paragraphs, section } from './sections.ts';

type ReadStore = Pick<RunStore, 'run' | 'metrics' | 'predictions' | 'groups'>;

/** What was chosen of the figures of a run; what is left out is as usual. */
export interface ChosenOfRun extends ChosenCurves {
  readonly score?: Score | undefined;
}

/**
 * A run as one HTML file that needs no other: what of it may be believed, its gap class by class, its curves and its settings.
 * A UserError for a run that is not there, has not finished, or whose predictions cannot be read.
 */
export async function runReport(
  store: ReadStore,
  query: string,
  options: GroupsOfRunOptions,
  chosen: ChosenOfRun = {},
): Promise<string> {
  const run = await store.run(query);
  const name = runName(namedRun(run));
  const epochs = await store.metrics(run.id);
  const alone = await validationResults(store, run, options);
  const results = alone === null ? await runResults(store, run, options) : null;
  const head = pageHead(
    name,
    about(run),
    paragraphs(flatterySentences(results ?? alone!), 'note'),
    results ? accuracyTiles(results) : paragraphs([onePartSentence(alone!)]),
  );
  const curves = await drawCurves([{ name, epochs }], 'on training and validation images', chosen);
  return htmlPage(escapeMarkup(name), [
    head,
    ...(results ? await resultSections(results, chosen.score) : [onePartSection(alone!, chosen.score)]),
    section('Curves', inGrid(curves)),
    section('Settings', table(['setting', 'value'], settingRows(run))),
  ]);
}

function about(run: RunRecord): string[] {
  const { id, sweep, state, seconds, parameters, created } = run;
  return [
    `Run ${id}${sweep === null ? '' : ` of sweep ${sweep}`}`,
    `${state}, begun ${created.slice(0, 16).replace('T', ' ')} UTC${seconds === null ? '' : `, ${duration(seconds)}`}`,
    parameterList(parameters),
  ].filter((line) => line !== '');
}

function onePartSection({ part, per_class: classes, grouping }: ValidationResults, score: Score = 'recall') {
  return section(
    'Class by class',
    paragraphs([`${scoreMeanings[score]} ${groupingSentence(grouping)}`]),
    table(
      [score, part, '95 % interval', 'images'],
      classes.map((each) => [
        each.class,
        percent(each[score]),
        percentInterval(scoreInterval(each, score)),
        String(each.support),
      ]),
    ),
  );
}

async function resultSections(results: RunResults, score: Score = 'recall'): Promise<string[]> {
  const { per_class: classes, confusion, calibration, grouping } = results;
  const rows = classes.map(({ class: name, validation, test, gap }) => [
    name,
    `${percent(validation[score])}\n${percentInterval(scoreInterval(validation, score))}`,
    `${percent(test[score])}\n${percentInterval(scoreInterval(test, score))}`,
    `${points(gap[score])}\n${pointsInterval(gapInterval(gap, score))}`,
  ]);
  const byClass = await draw(
    classFigure(classes, score),
    `${scoreNames[score]} of each class on validation and test images`,
  );
  return [
    section(
      'Class by class',
      paragraphs([`${scoreMeanings[score]} ${groupingSentence(grouping)}`]),
      `<div class="figures two">\n${byClass}\n${table([score, 'validation', 'test', 'gap (points)'], rows)}\n</div>`,
    ),
    confusion === null
      ? ''
      : section(
          'Which classes are mistaken for which',
          paragraphs([
            'Each row is a true class and adds up to 100 %: of its images, how many the model gave to each class.',
          ]),
          inGrid([
            await draw(
              confusionPanel('Validation', confusion.validation, results.classes, colours.validation.light),
              'Confusion matrix of the validation images',
            ),
            await draw(
              confusionPanel('Test', confusion.test, results.classes, colours.test.light),
              'Confusion matrix of the test images',
            ),
            await draw(
              differencePanel('Validation minus test, points', confusion.difference, results.classes),
              'Validation minus test, in points of each row',
            ),
          ]),
        ),
    calibration === null
      ? ''
      : section(
          'Can its confidence be trusted?',
          paragraphs([
            'On the dashed line the model is right as often as it is sure; below it, it is too sure of itself.',
          ]),
          inGrid([
            await draw(reliabilityFigure(calibration), 'Reliability diagram of validation and test images'),
          ]),
        ),
  ];
}
