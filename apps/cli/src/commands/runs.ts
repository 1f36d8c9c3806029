import type { CommandModule } from 'yargs';
import { archiveCommand } from './runs/archive.ts';
import { compareCommand } from './runs/compare.ts';
import { deleteCommand } from './runs/delete.ts';
import { exportCommand } from './runs/export.ts';
import { importCommand } from './runs/import.ts';
import { listCommand } from './runs/list.ts';
import { noteCommand } from './runs/note.ts';
import { purgeCommand } from './runs/purge.ts';
import { reportCommand } from './runs/report.ts';
import { showCommand } from './runs/show.ts';
import { tagCommand } from './runs/tag.ts';

/** `runs list`, `show RUN`, `compare RUN RUN...`, `report RUN...`, `import FILE`, `export`, `tag`, `note RUN`, `archive`, `delete` and `purge`. */
export const runsCommand: CommandModule = {
  command: 'runs',
  describe: 'List, show, compare, report, import, export, tag and delete runs',
  builder: (yargs) =>
    yargs
      .command(listCommand)
      .command(showCommand)
      .command(reportCommand)
      .command(compareCommand)
      .command(importCommand)
      .command(exportCommand)
      .command(tagCommand)
      .command(noteCommand)
      .command(archiveCommand)
      .command(deleteCommand)
      .command(purgeCommand)
      .example('npx nx run runs list', 'all runs, the newest first')
      .example('npx nx run runs show latest', 'everything about the newest run')
      .demandCommand(
        1,
        'Say what to do: `runs list`, `runs show RUN`, `runs compare RUN RUN`, `runs report RUN`, `import FILE`, `export`, `tag`, `note RUN`, `archive`, `delete` or `purge`.',
      )
      .strict(),
  handler: () => undefined,
};
