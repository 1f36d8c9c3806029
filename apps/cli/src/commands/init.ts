import type { FilesDataset } from '@thaw/experiment';
import type { CommandModule } from 'yargs';
import { dataSetOption, layoutOption, runsDirOption } from './options.ts';

interface InitArguments {
  dir: string | undefined;
  layout: FilesDataset['layout'] | undefined;
  look: boolean | undefined;
  backbone: string;
  set: string[] | undefined;
  'runs-dir': string;
  output: string;
}

/** `init`: an experiment file for the images at hand. */
export const initCommand: CommandModule<object, InitArguments> = {
  command: 'init [dir]',
  describe: 'Write an experiment file for a folder of images, with a comment on each part of it',
  builder: (yargs) =>
    yargs
      .positional('dir', {
        type: 'string',
        describe:
          'The folder of images; when absent, the images in this folder, or where there are none, images that the program draws',
      })
      .option('output', {
        type: 'string',
        default: 'experiment.yaml',
        requiresArg: true,
        describe: 'The file to write; one that is there is left as it is',
      })
      .option('layout', layoutOption)
      .option('look', {
        type: 'boolean',
        describe:
          'Look for copies of one photograph and measure which scenario suits; --no-look only counts files, as is done where there are more than 20,000',
      })
      .option('backbone', {
        type: 'string',
        default: 'mobilenet_v2',
        requiresArg: true,
        describe: 'The pretrained network, as model.backbone: docs/reference/backbones.md lists them',
      })
      .option('set', {
        ...dataSetOption,
        describe:
          'How an ONNX file takes images, model.input.KEY=value: model.input.mean=0.5; may be given again',
      })
      .option('runs-dir', runsDirOption)
      .example('npx nx run init', 'for the images in this folder')
      .example('npx nx run init photos --output photos.yaml', 'for those in the folder photos')
      .example('npx nx run init photos --backbone efficientnet_b0', 'with another network'),
  handler: async ({ dir, layout, look, backbone, set, 'runs-dir': runsDir, output }) => {
    const { runInit } = await import('../init/run-init.ts');
    process.exitCode = await runInit({
      dir: dir ?? null,
      layout: layout ?? null,
      look: look ?? null,
      backbone,
      set: set ?? [],
      runsDir,
      output,
    });
  },
};
