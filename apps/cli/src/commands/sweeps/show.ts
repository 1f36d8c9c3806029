import type { CommandModule } from 'yargs';
import { idPositional, outputOption, runsDirOption } from '../options.ts';

interface ShowArguments {
  sweep: string;
  'runs-dir': string;
  output: string | undefined;
}

export const showCommand: CommandModule<object, ShowArguments> = {
  command: 'show <sweep>',
  describe: 'Show one sweep: its trials, the best of them, and where everything is',
  builder: (yargs) =>
    yargs
      .positional('sweep', idPositional)
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run sweeps show latest', 'the newest sweep, as it stands'),
  handler: async ({ 'runs-dir': runsDir, sweep, output }) => {
    const { showSweep } = await import('../../sweeps/show-sweep.ts');
    await showSweep({ runsDir, sweep, output: output ?? null });
  },
};
