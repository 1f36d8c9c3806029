import type { FilesDataset } from '@thaw/experiment';
import type { CommandModule } from 'yargs';
import { dataOption, dataSetOption, layoutOption, outputOption, runsDirOption } from './options.ts';

interface LeakageArguments {
  data: string;
  layout: FilesDataset['layout'] | undefined;
  set: string[] | undefined;
  'runs-dir': string;
  output: string | undefined;
}

/** `leakage`: finds images of one photograph in a folder. */
export const leakageCommand: CommandModule<object, LeakageArguments> = {
  command: 'leakage',
  describe: 'Find images that come from one photograph, within and across splits',
  builder: (yargs) =>
    yargs
      .option('data', dataOption)
      .option('layout', layoutOption)
      .option('set', dataSetOption)
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run leakage --data runs/data/blood-cells', 'TRAIN/<class>/*, TEST/<class>/*')
      .example('npx nx run leakage --data cells --output leakage.json', 'the group of every file')
      .example(
        'npx nx run leakage --data cells --set dataset.csv.split_column=part',
        'labels.csv names the images',
      ),
  handler: async ({ data, layout, set, 'runs-dir': runsDir, output }) => {
    const { runLeakage } = await import('../leakage/run-leakage.ts');
    process.exitCode = await runLeakage({
      data,
      layout: layout ?? null,
      set: set ?? [],
      runsDir,
      output: output ?? null,
    });
  },
};
