import type { CommandModule } from 'yargs';
import { outputOption, runsDirOption } from '../options.ts';

interface CompareArguments {
  runs: string[];
  'runs-dir': string;
  output: string | undefined;
}

export const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <runs..>',
  describe: 'Say whether the differences between runs are real',
  builder: (yargs) =>
    yargs
      .positional('runs', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Two runs or more: ids, beginnings of them, or latest',
      })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run runs compare RUN RUN', 'on the images that both were tested on'),
  handler: async ({ 'runs-dir': runsDir, runs, output }) => {
    const { runCompare } = await import('../../runs/run-compare.ts');
    await runCompare({ runsDir, runs, output: output ?? null });
  },
};
