import { fixed } from '@thaw/base';
import { dealtWords, isOnnxPath } from '@thaw/experiment';
import { backboneOf } from '@thaw/model';
import { stringify } from 'yaml';
import { accuracyWords } from './accuracy-words.ts';
import type { CardFacts, CardFigures } from './card-facts.ts';
import { evaluationSection } from './evaluation-section.ts';
import { loadingSection } from './loading-section.ts';
import { plain } from './markup.ts';

/**
 * A model card in Hugging Face's form: YAML metadata with a model index, then Markdown.
 * Source: https://huggingface.co/docs/hub/model-cards, after Mitchell et al. (2019), Model Cards for Model Reporting.
 */
export function modelCard(facts: CardFacts): string {
  const sections = [
    `# ${plain(facts.name)}, version ${facts.version}`,
    overview(facts),
    loadingSection(facts),
    dataSection(facts),
    evaluationSection(facts),
    `## How this version was chosen\n\n${list(facts.choice)}`,
    useSection(facts),
    lineageSection(facts),
  ];
  return `---\n${metadata(facts)}---\n\n${sections.join('\n\n')}\n`;
}

function metadata({ name, settings, figures }: CardFacts): string {
  const dataset = datasetName(settings);
  const result = (split: 'test' | 'validation', { overall, per_class }: CardFigures['validation']) => ({
    task: { type: 'image-classification' },
    dataset: { name: dataset, type: 'imagefolder', split },
    metrics: [
      { type: 'accuracy', name: `accuracy on ${split} images`, value: overall.accuracy },
      {
        type: 'f1',
        name: `macro F1 on ${split} images`,
        value: per_class.reduce((sum, each) => sum + each.f1, 0) / per_class.length,
      },
    ],
  });
  const results = [
    ...(figures.test ? [result('test', figures.test)] : []),
    result('validation', figures.validation),
  ];
  return stringify({
    license: 'unknown',
    library_name: 'onnx',
    pipeline_tag: 'image-classification',
    tags: ['image-classification', 'onnx', ...backboneTags(settings.model), 'thaw'],
    metrics: ['accuracy', 'f1'],
    'model-index': [{ name, results }],
  });
}

function overview({ settings, figures, preprocessing, honestTest }: CardFacts): string {
  const { backbone, alpha, scenario, head_units } = settings.model;
  const classes = figures.classes.map(plain).join(', ');
  const { height, width } = preprocessing.input;
  const hasWidths = Boolean(backboneOf({ backbone }).imagenet?.alphas);
  return (
    `An image classifier for ${figures.classes.length} classes: ${classes}. ` +
    `${isOnnxPath(backbone) ? `The network of ${plain(lastParts(backbone, 1))}` : `${plain(backbone)}${hasWidths ? ` of width ${alpha}` : ''}`} at ${width} x ${height} pixels, ${headWords(head_units)}, trained as \`${scenario}\`.\n\n` +
    accuracyWords(figures, honestTest)
  );
}

function headWords(units: CardFacts['settings']['model']['head_units']): string {
  if (units === 0) return 'a head without a hidden layer';
  return `a head of ${typeof units === 'number' ? units : units.join(' and ')} units`;
}

function dataSection({ settings, images, figures, leakage, fingerprint, groups }: CardFacts): string {
  const counts = [
    ...(images.train === null ? [] : [`${count(images.train)} for training`]),
    `${count(images.validation)} for validation`,
    images.test === null ? 'a test set that is sealed' : `${count(images.test)} for test`,
  ].join(', ');
  const independent =
    groups.origin !== 'unknown'
      ? ` Validation images come from ${count(figures.validation.overall.groups)} ${groups.unit}s${figures.test ? `, test images from ${count(figures.test.overall.groups)}` : ''}.`
      : '';
  return [
    '## Data',
    '',
    `${plain(datasetName(settings))}: ${counts}. Split: ${splitWords(settings.split)}.${independent}`,
    ...(fingerprint === null ? [] : ['', `Fingerprint of files, labels and split: \`${fingerprint}\``]),
    '',
    '### Leakage',
    '',
    list(leakage),
  ].join('\n');
}

/** Absent in settings that name no strategy, which is then `keras` but for data sets with validation images of their own. */
function splitWords(split: CardFacts['settings']['split']): string {
  const { strategy = 'keras', seed, folds } = split;
  if (folds !== undefined)
    return `\`${strategy}\` in ${dealtWords(split)}, each of which validates its part, seed ${seed}`;
  if (strategy === 'keras') return '`keras` (the first images of each class by name)';
  return strategy === 'given'
    ? "`given` (the data set's own validation images)"
    : `\`${strategy}\`, seed ${seed}`;
}

function useSection({ figures }: CardFacts): string {
  const classes = figures.classes.map(plain).join(', ');
  const { test } = figures;
  return [
    '## Intended use and limits',
    '',
    list([
      `For images of the kind that it was trained on, taken and prepared the same way. What is none of ${classes} gets one of these names all the same.`,
      test
        ? `Its probabilities are off by ${fixed(100 * test.ece, 1)} points on average on test images (expected calibration error): do not read them as certainty.`
        : 'How far its probabilities are off on new images was not measured: do not read them as certainty.',
      'Not a medical device; not tested on other instruments, stains, sites or groups of people than those in the data.',
      'Licences of the training images and of the weights that training started from apply.',
    ]),
  ].join('\n');
}

function lineageSection({
  run,
  sweep,
  created,
  settings,
  weightsOrigin,
  weightsSha256,
  commit,
}: CardFacts): string {
  const origin = weightsOrigin === null ? [] : [plain(lastParts(weightsOrigin, 1))];
  const sha =
    isOnnxPath(settings.model.backbone) && weightsSha256 !== null ? `, SHA-256 \`${weightsSha256}\`` : '';
  return [
    '## Lineage',
    '',
    list([
      `Run \`${run}\`${sweep === null ? '' : `, sweep \`${sweep}\``}; promoted ${created}`,
      ...origin.map((name) => `Training started from: ${name}${sha}`),
      ...(commit === null ? [] : [`Code: commit \`${commit}\``]),
      '`lineage.json` holds all settings, versions and the machine; `SHA256SUMS` every file (`sha256sum -c SHA256SUMS`).',
    ]),
  ].join('\n');
}

/** TensorFlow.js runs what Thaw builds itself. */
function backboneTags({ backbone }: CardFacts['settings']['model']): string[] {
  return isOnnxPath(backbone) ? [] : ['tfjs', backbone.replaceAll('_', '-')];
}

/** The end of the folder's path, or the synthetic source. */
function datasetName({ dataset }: CardFacts['settings']): string {
  if ('source' in dataset) return dataset.source;
  return lastParts(dataset.path, 2) || 'images';
}

/** The end of a path: what stands before it is of the machine, not of the data. */
function lastParts(path: string, count: number): string {
  const parts = path.split(/[\\/]+/).filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.slice(-count).join('/');
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}

function count(images: number): string {
  return images.toLocaleString('en-US');
}
