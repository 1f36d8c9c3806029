import { counted, duration, fixed, percent, percentInterval, points, pointsInterval } from '@thaw/base';
import {
  advisedScenario,
  curveRows,
  doubtSentences,
  reasonSentences,
  sureness,
  type Advice,
  type MeasuredScenarios,
} from '@thaw/analysis';
import { renderTable } from '../report/table.ts';

/** Advice for reading: what there is, what the features tell, the scenario and why, and what is uncertain. */
export function adviceReport(advice: Advice, columns: number | null): string {
  const { folder, layout, training, measured, choice, trials, seconds } = advice;
  const { images, photographs } = training;
  const part = layout === 'train-test-folders' ? 'training images' : 'images';
  const left =
    training.unlabelled > 0
      ? `; ${counted(training.unlabelled, 'image')} outside class folders left out`
      : '';
  return [
    `${images.length.toLocaleString('en')} ${part} in ${folder} (${layout}${left}) come from ${counted(photographs, 'photograph')}. ${duration(seconds)}`,
    renderTable({
      head: ['class', 'images', 'photographs'],
      aligns: ['left', 'right', 'right'],
      rows: training.classes.map((each) => [
        each.class,
        each.images.toLocaleString('en'),
        each.photographs.toLocaleString('en'),
      ]),
      columns,
    }),
    `What features tell of the classes without training, on ${counted(measured.images, 'image')} of ${counted(measured.photographs, 'photograph')} (${networkWords(advice)}, ${advice.imageSize} pixels):\n${featureTable(advice, columns)}`,
    ...(trials ? trialTables(trials, columns) : []),
    `Advice: ${advisedScenario(advice)} (${sureness(advice)} evidence)\n${bullets(reasonSentences(advice))}`,
    `What is uncertain:\n${bullets(doubtSentences(advice))}`,
    ...(trials
      ? []
      : [
          `To try ${choice.possible.length === 1 ? 'it in short, too' : 'each scenario in short instead'}: the same with --budget 5m`,
        ]),
  ].join('\n\n');
}

function networkWords({ backbone, weights, alpha }: Advice): string {
  const width = alpha === null ? '' : ` of alpha ${alpha}`;
  return `${backbone}${width}, weights ${weights}`;
}

/** What trials of each scenario came to, and accuracy against photographs. */
function trialTables(
  { compared, images, curve, seconds }: MeasuredScenarios,
  columns: number | null,
): string[] {
  if (!compared) return [];
  const rows = compared.scenarios.map(({ trial, accuracy, behind }) => [
    trial.scenario,
    `${trial.epochs.length}/${images.folds}`,
    trial.epochs.join(' '),
    accuracy ? percent(accuracy.value) : '-',
    accuracy ? percentInterval(accuracy.ci95) : '',
    behind ? `${points(-behind.difference)} (${pointsInterval(negated(behind.ci95))})` : '',
  ]);
  const table = renderTable({
    head: ['scenario', 'folds', 'epochs', 'accuracy', '95 %', 'points behind the best'],
    aligns: ['left', 'right', 'left', 'right', 'right', 'right'],
    rows,
    columns,
  });
  const curveTable =
    'missing' in curve
      ? []
      : [
          `Accuracy of ${compared.winner.scenario} against the photographs that are learned from:\n${renderTable(
            {
              head: ['photographs', 'accuracy', '95 %'],
              aligns: ['right', 'right', 'right'],
              rows: curveRows(curve),
              columns,
            },
          )}`,
        ];
  return [`What short trials say (${duration(seconds)} in all):\n${table}`, ...curveTable];
}

function negated(interval: readonly [number, number] | null): readonly [number, number] | null {
  return interval && [-interval[1], -interval[0]];
}

function featureTable({ measured }: Advice, columns: number | null): string {
  const { neighbours, chance, pretrained, colors } = measured;
  return renderTable({
    head: [`${neighbours} nearest neighbours`, 'other photographs', '95 %', 'copies allowed', 'LogME'],
    aligns: ['left', 'right', 'right', 'right', 'right'],
    rows: [
      ...Object.entries({ 'pretrained features': pretrained, 'colours alone': colors }).map(
        ([name, { acrossPhotographs, acrossImages, logMe }]) => [
          name,
          percent(acrossPhotographs.accuracy),
          percentInterval(acrossPhotographs.ci95),
          percent(acrossImages),
          fixed(logMe, 3),
        ],
      ),
      ['guessing', percent(chance), '', percent(chance), ''],
    ],
    columns,
  });
}

function bullets(sentences: readonly string[]): string {
  return sentences.map((sentence) => `  - ${sentence}`).join('\n');
}
