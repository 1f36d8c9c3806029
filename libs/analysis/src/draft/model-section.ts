import { fineTuning, isOnnxPath } from '@thaw/experiment';
import { backboneOf } from '@thaw/model';
import { comment, flow, line, scalar } from './commented.ts';
import type { Draft } from './draft.ts';
import type { DraftTextOptions } from './draft-text-options.ts';

/** The network of a draft, with what its backbone reads. */
export function modelSection(draft: Draft, options: DraftTextOptions): string {
  const { imageSize, scenarios } = draft;
  const isFile = isOnnxPath(draft.backbone);
  return [
    comment(networkWords(draft, options)),
    'model:',
    ...backboneLines(draft.backbone, options.input),
    line(`  image_size: ${imageSize}`, 'images are resized to this many pixels a side'),
    isFile ? line('  scenario: feature_extraction', 'train the head alone') : `  weights: ${draft.weights}`,
    ...(scenarios.includes('partial_unfreeze')
      ? [
          line(
            `  unfreeze_from: ${backboneOf(draft).unfreezeFrom}`,
            'for partial_unfreeze: the first block that trains',
          ),
        ]
      : []),
    ...(scenarios.some((scenario) => fineTuning.includes(scenario))
      ? [line('  batch_norm: frozen', 'keeps the statistics of the pretrained network')]
      : []),
    // Of an ONNX file they vary.
    ...(isFile ? [] : [line('  head_units: 128', 'units of the hidden layer of the head; 0 for none')]),
    line('  head_dropout: 0.3', 'against learning the images by heart'),
  ].join('\n');
}

/** Which network, its width where it has several, and what an ONNX file wants its images to be. */
export function backboneLines(backbone: string, input: DraftTextOptions['input']): string[] {
  const hasWidths = Boolean(backboneOf({ backbone }).imagenet?.alphas);
  return [
    `  backbone: ${scalar(backbone)}`,
    ...(hasWidths ? [line('  alpha: 1.0', 'its width')] : []),
    ...(input ? [line(`  input: ${flow(input)}`, 'what images become before it sees them')] : []),
  ];
}

function networkWords({ backbone, weights }: Draft, { commands, weightsAtHand }: DraftTextOptions): string {
  const network = `The network: ${backboneOf({ backbone }).title}, which has seen many photographs before, and a new head for your classes.`;
  if (isOnnxPath(backbone)) return network;
  if (weights === 'bundled')
    return `${network} The weights are those that come with the program. Keras's, trained on ImageNet, are usually better: \`${commands.weights}\` downloads them, and then say weights: imagenet.`;
  const fetched = weightsAtHand ? '' : ` \`${commands.weights}\` downloads them.`;
  return `${network} The weights are Keras's, trained on ImageNet.${fetched}`;
}
