import { join } from 'node:path';
import { sha256File } from '@thaw/base';
import type { CommandModule } from 'yargs';
import { fetchProgress } from './fetch-progress.ts';

interface FetchWeightsArguments {
  backbone: string;
  alpha: number;
  'image-size': number;
  mirror: string | undefined;
  'runs-dir': string;
}

interface FetchDataArguments {
  target: string | undefined;
  mirror: string | undefined;
  'runs-dir': string;
}

// The libs are imported when a command runs, so that help does not wait for ONNX Runtime and sharp to load.

const weightsCommand: CommandModule<object, FetchWeightsArguments> = {
  command: 'weights',
  describe: 'Download the ImageNet weights of a backbone that Keras publishes',
  builder: (yargs) =>
    yargs
      .option('backbone', {
        type: 'string',
        default: 'mobilenet_v2',
        requiresArg: true,
        describe: 'As model.backbone: docs/reference/backbones.md lists them',
      })
      .option('alpha', {
        type: 'number',
        default: 1,
        describe: 'Width: 0.35, 0.5, 0.75, 1, 1.3, 1.4 of MobileNetV2; 0.75, 1 of MobileNetV3',
      })
      .option('image-size', { type: 'number', default: 224, describe: 'Side of the images, pixels' })
      .option('mirror', {
        type: 'string',
        describe: 'Base address of the files (also THAW_WEIGHTS_MIRROR) [default: Keras’s own]',
      })
      .option('runs-dir', { type: 'string', default: 'runs', describe: 'The file goes to its cache/weights' })
      .example('npx nx run fetch weights --alpha 0.35', 'for `alpha: 0.35` in an experiment file')
      .example('npx nx run fetch weights --backbone efficientnet_b0', 'for another backbone'),
  handler: async ({ backbone, alpha, 'image-size': imageSize, mirror, 'runs-dir': runsDir }) => {
    const { backboneOf, fetchImagenetWeights } = await import('@thaw/model');
    const { imagenet } = backboneOf({ backbone });
    const progress = fetchProgress('weights', process.stderr);
    const cacheDir = join(runsDir, 'cache');
    const file = await fetchImagenetWeights({
      backbone,
      alpha,
      imageSize,
      cacheDir,
      mirror,
      onProgress: progress.update,
    }).finally(progress.stop);
    const conditions = [
      `\`backbone: ${backbone}\``,
      ...(imagenet?.alphas ? [`\`alpha: ${alpha}\``] : []),
      `\`image_size: ${imageSize}\``,
    ];
    process.stdout.write(
      [
        file,
        `sha256 ${await sha256File(file)}`,
        `An experiment file with ${conditions.join(', ')} and \`weights: imagenet\` takes it from there.`,
        '',
      ].join('\n'),
    );
  },
};

const dataCommand: CommandModule<object, FetchDataArguments> = {
  command: 'data',
  describe: 'Download the Kaggle set "Blood Cell Images"',
  builder: (yargs) =>
    yargs
      .option('target', {
        type: 'string',
        describe: 'The folder to make [default: <runs-dir>/data/blood-cells]',
      })
      .option('mirror', {
        type: 'string',
        describe: 'Address of the zip archive (also THAW_DATA_MIRROR) [default: Kaggle’s own]',
      })
      .option('runs-dir', {
        type: 'string',
        default: 'runs',
        describe: 'The archive waits in its cache/downloads',
      })
      .example('npx nx run fetch data', 'makes runs/data/blood-cells')
      .epilogue('KAGGLE_USERNAME and KAGGLE_KEY are sent to Kaggle if they are set.'),
  handler: async ({ target: chosen, mirror, 'runs-dir': runsDir }) => {
    const { fetchBloodCells } = await import('@thaw/data');
    const target = chosen ?? join(runsDir, 'data', 'blood-cells');
    const progress = {
      download: fetchProgress('download', process.stderr),
      unpack: fetchProgress('unpack', process.stderr),
    };
    const { images, fetched } = await fetchBloodCells({
      target,
      cacheDir: join(runsDir, 'cache'),
      mirror,
      onProgress(phase, done, total) {
        if (phase === 'unpack') progress.download.stop();
        progress[phase].update(done, total);
      },
    }).finally(() => {
      progress.download.stop();
      progress.unpack.stop();
    });
    const counts = Object.entries(images).map(([part, count]) => `${part} ${count}`);
    process.stdout.write(
      [
        `${target}${fetched ? '' : ' (it was there already)'}: ${counts.join(', ')} images`,
        'To train on them, write in an experiment file:',
        'dataset:',
        `  path: ${/^[\w./-]+$/.test(target) ? target : JSON.stringify(target)}`,
        '  layout: train-test-folders',
        '',
      ].join('\n'),
    );
  },
};

/** `fetch weights` and `fetch data`: what the experiments need from the network, resumable and checked. */
export const fetchCommand: CommandModule = {
  command: 'fetch',
  describe: 'Download weights or data: resumable, checked, with progress',
  builder: (yargs) =>
    yargs
      .command(weightsCommand)
      .command(dataCommand)
      .example('npx nx run fetch weights --alpha 0.35', 'the weights for `alpha: 0.35`')
      .example('npx nx run fetch data', 'the blood cells, to runs/data/blood-cells')
      .demandCommand(1, 'Say what to fetch: `fetch weights` or `fetch data`.')
      .strict(),
  handler: () => undefined,
};
