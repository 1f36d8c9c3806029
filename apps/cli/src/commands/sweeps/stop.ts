import type { CommandModule } from 'yargs';
import { idPositional, runsDirOption } from '../options.ts';

interface StopArguments {
  sweep: string;
  'runs-dir': string;
}

export const stopCommand: CommandModule<object, StopArguments> = {
  command: 'stop <sweep>',
  describe: 'Stop a running sweep after the running epoch of each trial, as Ctrl-C does where it runs',
  builder: (yargs) =>
    yargs
      .positional('sweep', idPositional)
      .option('runs-dir', runsDirOption)
      .example('npx nx run sweeps stop latest', 'sweep --resume goes on with it'),
  handler: async ({ 'runs-dir': runsDir, sweep }) => {
    const { stopSweep } = await import('../../sweeps/stop-sweep.ts');
    await stopSweep({ runsDir, sweep });
  },
};
