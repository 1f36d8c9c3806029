import { counted, percent, percentInterval, points, pointsInterval } from '@thaw/base';
import type { Settings } from '@thaw/experiment';
import { backboneOf } from '@thaw/model';
import type { GapDocument } from '@thaw/tracking';
import { escapeMarkup } from '../figures/escape-markup.ts';
import type { GapFigureSet } from '../figures/draw-figures.ts';
import { forecastSentences } from '../../forecast/forecast-sentences.ts';
import type { MistakePicture, TwinPicture } from '../pictures.ts';
import { htmlPage } from './html-page.ts';
import { figure, picture, table } from './markup.ts';
import { testTwinSection, twinSection } from './twin-sections.ts';

export interface ReportPageInput {
  readonly document: GapDocument;
  /** Null for imported runs. */
  readonly settings: Settings | null;
  readonly figures: GapFigureSet;
  readonly mistakes: readonly MistakePicture[];
  /** In training and in validation. */
  readonly twins: readonly TwinPicture[];
  /** In training or validation and in test. */
  readonly testTwins: readonly TwinPicture[];
}

/** The whole report as one HTML file that needs no other: style, figures and pictures are inside. */
export function reportPage(input: ReportPageInput): string {
  const { overall } = input.document;
  const title = `Validation ${percent(overall.validation.accuracy)}, test ${percent(overall.test.accuracy)}: ${headline(input.document)}`;
  const leaks = [twinSection(input), testTwinSection(input)];
  const sections = [head(input, title), explanation(input), ...leaks, classes(input), confusion(input)];
  const more = [calibration(input), mistakes(input), method(input)];
  return htmlPage(title, [...sections, ...more]);
}

function modelWords({ model, split }: Settings): string {
  const { backbone, alpha, image_size, scenario } = model;
  const network = backboneOf(model).imagenet?.alphas ? `${backbone}, alpha ${alpha}` : backbone;
  return `${network}, ${image_size} pixels, ${scenario}, split ${split.strategy ?? 'keras'}`;
}

/** The gap in a few words. */
function headline({ cause, parts, leakage, overall: { gap } }: GapDocument): string {
  if (cause === 'leakage') return 'the validation images are copies of what the model learned from';
  if (cause === 'selection') return 'the best trial was chosen for its luck';
  if (cause === 'shares') return 'the class shares differ in the test images';
  if (cause === 'shift') return 'the test images are of another kind';
  if (cause === 'test_leakage') return 'the test images are copies of what the model learned from';
  const unmeasured = parts.some(({ part, value }) => part === 'leakage' && value === null);
  if (unmeasured && leakage.fraction)
    return 'copies on both sides of the split, and what they cost is not measured';
  return gap.ci95 && gap.ci95[0] > 0 ? 'a gap without a measured cause' : 'no gap beyond chance';
}

function head({ document, settings }: ReportPageInput, title: string): string {
  const { validation, test, gap } = document.overall;
  const tile = (name: string, value: string, ci: string, side: string) =>
    `<div class="${name}"><dt>${side}</dt><dd>${value}<small>${ci}</small></dd></div>`;
  const of = (side: typeof test) =>
    `${percentInterval(side.ci95)} with 95 % confidence<br>${counted(side.images, 'image')}` +
    (document.leakage.groups === null ? '' : ` of ${counted(side.groups, document.unit)}`);
  return `<header>
<h1>${title}</h1>
<p class="muted small">Run <code>${escapeMarkup(document.run)}</code>${document.sweep === null ? '' : ` of sweep <code>${escapeMarkup(document.sweep)}</code>`}<br>
${escapeMarkup(settings ? modelWords(settings) : 'Imported')}</p>
<dl class="tiles">
${tile('validation', percent(validation.accuracy), of(validation), 'Validation accuracy')}
${tile('test', percent(test.accuracy), of(test), 'Test accuracy')}
${tile('gap', points(gap.value), `${pointsInterval(gap.ci95)} with 95 % confidence<br>percentage points`, 'Generalisation gap')}
</dl>
</header>`;
}

function explanation({ document, figures }: ReportPageInput): string {
  const sentences = document.explanation.map((sentence) => `<li>${escapeMarkup(sentence)}</li>`).join('\n');
  const forecast = forecastSentences(document, document.overall.test.accuracy);
  return `<section>
<h2>What the gap is made of</h2>
${forecast.map((sentence) => `<p>${escapeMarkup(sentence)}</p>`).join('\n')}
<div class="figures two">
${figure(figures.explanation, `Waterfall from validation to test accuracy. ${document.explanation[0] ?? ''}`)}
<ol class="causes">${sentences}</ol>
</div>
</section>`;
}

function classes({ document, figures }: ReportPageInput): string {
  const known = document.leakage.groups !== null;
  const rows = document.per_class.map(({ class: name, validation, test, gap }) => [
    known ? `${name}\n${validation.groups} and ${test.groups} ${document.unit}s` : name,
    `${percent(validation.recall)}\n${percentInterval(validation.recall_ci95)}`,
    `${percent(test.recall)}\n${percentInterval(test.recall_ci95)}`,
    gap.recall === null ? '-' : `${points(gap.recall)}\n${pointsInterval(gap.ci95)}`,
  ]);
  const heads = ['recall', 'validation', 'test', 'gap'];
  const worst = [...document.per_class].sort((a, b) => (b.gap.recall ?? 0) - (a.gap.recall ?? 0))[0];
  const alt = `Recall of each class on validation and test images; the largest gap is that of ${worst?.class ?? 'none'}.`;
  return `<section>
<h2>Class by class</h2>
<p>Recall is the share of a class that the model recognises. Lines, and figures in grey, are 95 % intervals.</p>
<div class="figures two">
${figure(figures.classes, alt)}
${table(heads, rows)}
</div>
</section>`;
}

function confusion({ figures }: ReportPageInput): string {
  return `<section>
<h2>Which classes are mistaken for which</h2>
<p>Each row is a true class and adds up to 100 %: of its images, how many the model gave to each class. In the difference, blue is more often on validation images, orange more often on test images, in points.</p>
<div class="figures">
${figure(figures.confusion.validation, 'Confusion matrix of the validation images')}
${figure(figures.confusion.test, 'Confusion matrix of the test images')}
${figure(figures.confusion.difference, 'Validation minus test, in points of each row')}
</div>
</section>`;
}

function calibration({ document, figures }: ReportPageInput): string {
  const { validation, test } = document.calibration;
  const row = (name: string, key: 'ece' | 'brier' | 'nll') => [
    name,
    validation[key].toFixed(3),
    test[key].toFixed(3),
  ];
  const rows = [
    row('expected calibration error', 'ece'),
    row('Brier score', 'brier'),
    row('negative log-likelihood', 'nll'),
  ];
  return `<section>
<h2>Can its confidence be trusted?</h2>
<p>On the dashed line the model is right as often as it is sure; below it, it is too sure of itself. The larger a point, the more images. Of the figures, smaller is better.</p>
<div class="figures two">
${figure(figures.reliability, `Reliability diagram; expected calibration error ${validation.ece.toFixed(3)} on validation and ${test.ece.toFixed(3)} on test images`)}
${table(['', 'validation', 'test'], rows)}
</div>
</section>`;
}

function mistakes({ mistakes: shown, document }: ReportPageInput): string {
  if (shown.length === 0) return '';
  const items = shown.map(
    ({ file, label, predicted, probability, jpeg }) =>
      `<li>${picture(jpeg, `test image ${file}`)}<b>${escapeMarkup(label)}</b>taken for ${escapeMarkup(predicted)}, ${percent(probability)} sure<br><span class="file">${escapeMarkup(file)}</span></li>`,
  );
  return `<section>
<h2>Its most confident mistakes on test images</h2>
<p>One image a ${document.unit}, the surest first.</p>
<ul class="pictures">
${items.join('\n')}
</ul>
</section>`;
}

function method({ document }: ReportPageInput): string {
  const missing = document.parts.flatMap((part) =>
    part.missing === null ? [] : [`${part.part}, because ${part.missing}`],
  );
  return `<section>
<h2>How this was measured</h2>
${missing.map((reason) => `<p class="note">Not measured: ${escapeMarkup(reason)}</p>`).join('\n')}
<p><b>Intervals</b> treat the groups (photographs) as what was drawn, not the images: copies of one photograph say little more than one of them. <b>Leakage</b> is what the gap loses when the same trial is trained again on splits that keep each group on one side. <b>Selection</b> is how much better the best of several trials looks on the images that chose it than it is (bootstrap bias-corrected cross-validation, Tsamardinos, Greasidou and Borboudakis 2018). <b>Leakage into test</b> is accuracy on the test images without a twin in training or validation, minus the test accuracy: copies flatter it, which hides a part of the gap. <b>Shares</b> is what the test accuracy would gain if each class were as frequent as among the validation images (Kitagawa 1955). <b>Shift</b> is what remains; how far test images differ from validation images of the same class is asked of a classifier that tries to tell them apart on the backbone's features (Lopez-Paz and Oquab 2017): an AUC of 0.5 means that it cannot.</p>
<p><b>Calibration</b>: expected calibration error with 15 bins (Guo and others 2017), Brier score and negative log-likelihood as scikit-learn has them.</p>
</section>`;
}
