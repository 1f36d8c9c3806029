import type { CommandModule } from 'yargs';
import { deleteCommand } from './sweeps/delete.ts';
import { listCommand } from './sweeps/list.ts';
import { purgeCommand } from './sweeps/purge.ts';
import { reportCommand } from './sweeps/report.ts';
import { showCommand } from './sweeps/show.ts';
import { stopCommand } from './sweeps/stop.ts';

/** `sweeps list`, `show SWEEP`, `report SWEEP`, `stop SWEEP`, `delete SWEEP...` and `purge`. */
export const sweepsCommand: CommandModule = {
  command: 'sweeps',
  describe: 'List, show, report, stop and delete sweeps',
  builder: (yargs) =>
    yargs
      .command(listCommand)
      .command(showCommand)
      .command(reportCommand)
      .command(stopCommand)
      .command(deleteCommand)
      .command(purgeCommand)
      .example('npx nx run sweeps list', 'all sweeps, the newest first')
      .example('npx nx run sweeps show latest', 'what the newest sweep came to')
      .demandCommand(
        1,
        'Say what to do: `sweeps list`, `sweeps show SWEEP`, `sweeps report SWEEP`, `sweeps stop SWEEP`, `sweeps delete SWEEP` or `sweeps purge`.',
      )
      .strict(),
  handler: () => undefined,
};
