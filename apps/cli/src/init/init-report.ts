import { counted, printedName, shareOf, thousands } from '@thaw/base';
import { isOnnxPath } from '@thaw/experiment';
import { splitReasons, type AdvisedScenario, type Draft, type Survey } from '@thaw/analysis';
import { renderTable } from '../report/table.ts';

export interface InitReport {
  readonly survey: Survey;
  readonly draft: Draft;
  readonly advised: AdvisedScenario | null;
  readonly weightsAtHand: boolean;
  /** What a sweep would say of the images. */
  readonly warnings: readonly string[];
  readonly output: string;
  readonly path: string;
  readonly commands: Commands;
  readonly columns: number | null;
}

type Commands = Readonly<Record<'check' | 'run' | 'weights' | 'advise', string>>;

const mostNamed = 5;
/** Below so many images a class can hardly be learned, or judged. */
const fewImages = 20;

/** What `init` found and wrote, for reading. */
export function initReport(report: InitReport): string {
  const { survey, draft, advised, output, path, commands, columns } = report;
  const { classes, dataset, look, notes } = survey;
  const images = classes.reduce((sum, each) => sum + each.images + each.testImages, 0);
  const photographs = look ? ` from ${counted(look.leakage.groups, 'photograph')}` : '';
  const words = [
    ...splitReasons(survey, draft.split),
    ...(advised
      ? [
          `Scenario: ${advised.scenario} (${advised.evidence} evidence), compared with ${other(draft, advised)}.`,
        ]
      : [notMeasured(draft)]),
    ...(isOnnxPath(draft.backbone) ? [] : [weightsWords(report)]),
  ];
  const wrong = [...problems(survey), ...notes, ...report.warnings];
  return [
    `${counted(images, 'image')}${photographs} in ${path}, read as ${dataset.layout}:`,
    classTable(survey, columns),
    ...(wrong.length > 0 ? [`To look at:\n${bullets(wrong)}`] : []),
    bullets(words),
    next(output, commands),
  ].join('\n\n');
}

function notMeasured({ scenarios }: InitReport['draft']): string {
  if (scenarios.length === 1) return `Scenario: ${scenarios[0]}, the only one of an ONNX file.`;
  return `The scenario was not measured; compared are ${scenarios.join(' and ')}.`;
}

function weightsWords({ draft: { weights }, weightsAtHand, commands }: InitReport): string {
  if (weights === 'bundled')
    return `Weights: those that come with the program. Better ones: ${commands.weights}, then weights: imagenet.`;
  return weightsAtHand
    ? "Weights: Keras's, from ImageNet, which are on this machine."
    : `Weights: Keras's, from ImageNet, which ${commands.weights} downloads.`;
}

/** What `init` wrote where there are no images. */
export function syntheticReport(output: string, commands: Commands): string {
  return `There are no images here that are sorted into classes, so the experiment is one that runs at once, on images that the program draws. For your own: init DIR.\n\n${next(output, commands)}`;
}

function next(output: string, { check, run }: Commands): string {
  return `${output} is written. To check it:\n  ${check}\nTo run it:\n  ${run}`;
}

function classTable({ classes }: Survey, columns: number | null): string {
  const looked = classes.some(({ photographs }) => photographs !== null);
  const tested = classes.some(({ testImages }) => testImages > 0);
  return renderTable({
    head: ['class', 'images', ...(looked ? ['photographs'] : []), ...(tested ? ['test images'] : [])],
    aligns: ['left', 'right', 'right', 'right'],
    rows: classes.map(({ class: label, images, photographs, testImages }) => [
      printedName(label),
      thousands(images),
      ...(looked ? [thousands(photographs ?? 0)] : []),
      ...(tested ? [thousands(testImages)] : []),
    ]),
    columns,
  });
}

function problems({ classes, unusable }: Survey): string[] {
  const tiny = classes.filter(({ images, photographs }) => (photographs ?? images) < fewImages);
  const names = tiny.slice(0, mostNamed).map(({ class: label }) => printedName(label));
  const files = unusable.slice(0, mostNamed).map(({ name, reason }) => `${printedName(name)} (${reason})`);
  const more = (count: number) => (count > mostNamed ? ` and ${thousands(count - mostNamed)} more` : '');
  const all = classes.reduce((sum, { images, testImages }) => sum + images + testImages, 0);
  return [
    ...(unusable.length > 0
      ? [
          `${shareOf(unusable.length, all + unusable.length)} files are no images that can be used and are left out (on_bad_image: skip): ${files.join(', ')}${more(unusable.length)}`,
        ]
      : []),
    ...(tiny.length > 0
      ? [
          `${names.join(', ')}${more(tiny.length)}: fewer than ${fewImages} independent photographs, from which figures are very uncertain`,
        ]
      : []),
  ];
}

function other({ scenarios }: InitReport['draft'], { scenario }: AdvisedScenario): string {
  return scenarios.filter((each) => each !== scenario).join(', ');
}

function bullets(sentences: readonly string[]): string {
  return sentences.map((sentence) => `  - ${sentence}`).join('\n');
}
