import { counted, duration, fixed, percent, percentInterval } from '@thaw/base';
import { type Advice, doubtSentences, reasonSentences, sureness } from '@thaw/analysis';
import { renderTable } from '../report/table.ts';

/** Advice for reading: what there is, what the features tell, the scenario and why, and what is uncertain. */
export function adviceReport(advice: Advice, columns: number | null): string {
  const { folder, layout, training, measured, choice, seconds } = advice;
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
    `What features tell of the classes without training, on ${counted(measured.images, 'image')} of ${counted(measured.photographs, 'photograph')} (weights ${advice.weights}, alpha ${advice.alpha}, ${advice.imageSize} pixels):\n${featureTable(advice, columns)}`,
    `Advice: ${choice.scenario} (${sureness(advice)} evidence)\n${bullets(reasonSentences(advice))}`,
    `What is uncertain:\n${bullets(doubtSentences(advice))}`,
  ].join('\n\n');
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
