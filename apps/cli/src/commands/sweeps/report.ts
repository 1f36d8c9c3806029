import type { CommandModule } from 'yargs';
import { idPositional, reportFileOption, runsDirOption } from '../options.ts';

interface ReportArguments {
  sweep: string;
  'runs-dir': string;
  output: string | undefined;
}

export const reportCommand: CommandModule<object, ReportArguments> = {
  command: 'report <sweep>',
  describe: 'Write a report of a sweep that anybody can open: one HTML file',
  builder: (yargs) =>
    yargs
      .positional('sweep', idPositional)
      .option('runs-dir', runsDirOption)
      .option('output', reportFileOption)
      .example('npx nx run sweeps report latest', 'the newest sweep, as a file to send'),
  handler: async ({ 'runs-dir': runsDir, sweep, output }) => {
    const { writeReport } = await import('../../reports/write-report.ts');
    await writeReport({ runsDir, of: { sweep }, output: output ?? null });
  },
};
