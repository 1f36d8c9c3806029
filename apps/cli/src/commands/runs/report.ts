import type { CommandModule } from 'yargs';
import { reportFileOption, runsDirOption } from '../options.ts';

interface ReportArguments {
  runs: string[];
  'runs-dir': string;
  output: string | undefined;
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <runs..>',
  describe: 'Write a report that anybody can open: one HTML file of a run, or of several beside each other',
  builder: (yargs) =>
    yargs
      .positional('runs', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'One run, or those that are to be compared: ids, beginnings of them, or latest',
      })
      .option('runs-dir', runsDirOption)
      .option('output', reportFileOption)
      .example('npx nx run runs report latest', 'the newest run, as a file to send')
      .example('npx nx run runs report RUN RUN --output compared.html', 'two runs beside each other'),
  handler: async ({ 'runs-dir': runsDir, runs, output }) => {
    const { writeReport } = await import('../../reports/write-report.ts');
    await writeReport({ runsDir, of: { runs }, output: output ?? null });
  },
};
