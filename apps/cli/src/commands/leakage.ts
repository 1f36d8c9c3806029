import type { FolderLayout } from '@thaw/data';
import type { CommandModule } from 'yargs';
import { dataOption, layoutOption, outputOption, runsDirOption } from './options.ts';

interface LeakageArguments {
  data: string;
  layout: FolderLayout | undefined;
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
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run leakage --data runs/data/blood-cells', 'TRAIN/<class>/*, TEST/<class>/*')
      .example('npx nx run leakage --data cells --output leakage.json', 'the group of every file'),
  handler: async ({ data, layout, 'runs-dir': runsDir, output }) => {
    const { runLeakage } = await import('../leakage/run-leakage.ts');
    process.exitCode = await runLeakage({ data, layout: layout ?? null, runsDir, output: output ?? null });
  },
};
