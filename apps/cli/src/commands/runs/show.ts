import type { CommandModule } from 'yargs';
import { idPositional, outputOption, runsDirOption } from '../options.ts';

interface ShowArguments {
  run: string;
  'runs-dir': string;
  output: string | undefined;
}

export const showCommand: CommandModule<object, ShowArguments> = {
  command: 'show <run>',
  describe: 'Show everything about one run',
  builder: (yargs) =>
    yargs
      .positional('run', idPositional)
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run runs show latest', 'the newest run'),
  handler: async ({ 'runs-dir': runsDir, run, output }) => {
    const { showRun } = await import('../../runs/show-run.ts');
    await showRun({ runsDir, run, output: output ?? null });
  },
};
