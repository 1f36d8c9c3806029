import type { FolderLayout } from '@thaw/data';
import type { CommandModule } from 'yargs';
import { outputOption, runsDirOption } from './options.ts';

interface LeakageArguments {
  data: string;
  layout: FolderLayout | undefined;
  'runs-dir': string;
  output: string | undefined;
}

const layouts = ['train-test-folders', 'class-folders'] as const satisfies readonly FolderLayout[];

/** `leakage`: finds images of one photograph in a folder. */
export const leakageCommand: CommandModule<object, LeakageArguments> = {
  command: 'leakage',
  describe: 'Find images that come from one photograph, within and across splits',
  builder: (yargs) =>
    yargs
      .option('data', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'Folder of images',
      })
      .option('layout', {
        choices: layouts,
        requiresArg: true,
        describe: 'How the folder is laid out; looked up when absent',
      })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run leakage --data runs/data/blood-cells', 'TRAIN/<class>/*, TEST/<class>/*')
      .example('npx nx run leakage --data cells --output leakage.json', 'the group of every file'),
  handler: async ({ data, layout, 'runs-dir': runsDir, output }) => {
    const { runLeakage } = await import('../leakage/run-leakage.ts');
    await runLeakage({ data, layout: layout ?? null, runsDir, output: output ?? null });
  },
};
