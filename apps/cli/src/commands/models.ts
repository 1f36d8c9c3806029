import type { CommandModule } from 'yargs';
import { exportCommand } from './models/export.ts';
import { outputOption, runsDirOption } from './options.ts';

interface ListArguments {
  model: string | undefined;
  'runs-dir': string;
  output: string | undefined;
}

interface AliasArguments {
  model: string;
  alias: string;
  'runs-dir': string;
}

const listCommand: CommandModule<object, ListArguments> = {
  command: ['list [model]', '$0'],
  describe: 'List versions and aliases, and where each came from',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', describe: 'Only this model' })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run models', 'all models, the newest version first'),
  handler: async ({ 'runs-dir': runsDir, model, output }) => {
    const { listModels } = await import('../models/list-models.ts');
    await listModels({ runsDir, model: model ?? null, output: output ?? null });
  },
};

const aliasCommand: CommandModule<object, AliasArguments> = {
  command: 'alias <model> <alias>',
  describe: 'Point an alias at a version',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: 'MODEL:VERSION' })
      .positional('alias', { type: 'string', demandOption: true, describe: 'Such as champion' })
      .option('runs-dir', runsDirOption)
      .example('npx nx run models alias cells:2 champion', 'cells@champion is version 2 from now on'),
  handler: async ({ 'runs-dir': runsDir, model, alias }) => {
    const { moveAlias } = await import('../models/move-alias.ts');
    await moveAlias({ runsDir, model, alias });
  },
};

const rollbackCommand: CommandModule<object, Omit<AliasArguments, 'alias'>> = {
  command: 'rollback <model>',
  describe: 'Point an alias at the version where it pointed before',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: 'MODEL@ALIAS' })
      .option('runs-dir', runsDirOption)
      .example('npx nx run models rollback cells@champion', 'the champion before this one'),
  handler: async ({ 'runs-dir': runsDir, model }) => {
    const { rollBackAlias } = await import('../models/move-alias.ts');
    await rollBackAlias({ runsDir, model });
  },
};

/** `models`, `models export MODEL`, `models alias MODEL:VERSION ALIAS` and `models rollback MODEL@ALIAS`. */
export const modelsCommand: CommandModule = {
  command: 'models',
  describe: 'List and export promoted models, and move their aliases',
  builder: (yargs) =>
    yargs.command(listCommand).command(exportCommand).command(aliasCommand).command(rollbackCommand).strict(),
  handler: () => undefined,
};
