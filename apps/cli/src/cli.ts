import { UserError } from '@thaw/base';
import { kebab, unknownNames } from '@thaw/experiment';
import yargs from 'yargs';
import { adviseCommand } from './commands/advise.ts';
import { augmentCommand } from './commands/augment.ts';
import { cacheCommand } from './commands/cache.ts';
import { fetchCommand } from './commands/fetch.ts';
import { gapCommand } from './commands/gap.ts';
import { initCommand } from './commands/init.ts';
import { leakageCommand } from './commands/leakage.ts';
import { logCommand } from './commands/log.ts';
import { logLevelOption } from './commands/options.ts';
import { modelsCommand } from './commands/models.ts';
import { predictCommand } from './commands/predict.ts';
import { promoteCommand } from './commands/promote.ts';
import { runsCommand } from './commands/runs.ts';
import { sweepCommand } from './commands/sweep.ts';
import { sweepsCommand } from './commands/sweeps.ts';
import { tensorflowCommand } from './commands/tensorflow.ts';
import { workerCommand } from './commands/worker.ts';
import { versionText } from './version-text.ts';

/** What may be given several times; `_` are words that belong to no option. */
const repeatable = ['dataset', '_', 'set', 'runs', 'sweeps', 'files', 'text', 'add', 'remove', 'metrics'];

const commands = [
  'init',
  'sweep',
  'sweeps',
  'runs',
  'leakage',
  'gap',
  'advise',
  'augment',
  'promote',
  'models',
  'predict',
  'dashboard',
  'fetch',
  'cache',
  'tensorflow',
  'worker',
  'log',
];

/** Runs the command that the arguments name. Rejects with a UserError for mistakes in them. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const parser = yargs([...args])
    .scriptName('npx nx run')
    .usage('Fine-tuning sweeps and honest generalisation gaps.\n\nUsage: $0 <command> [options]')
    .locale('en')
    .option('log-level', logLevelOption)
    .command(initCommand)
    .command(sweepCommand)
    .command(sweepsCommand)
    .command(runsCommand)
    .command(leakageCommand)
    .command(gapCommand)
    .command(adviseCommand)
    .command(augmentCommand)
    .command(promoteCommand)
    .command(modelsCommand)
    .command(predictCommand)
    .command('dashboard', 'Look at sweeps, runs and models in the browser', {}, () => {
      throw new UserError('the dashboard is a program of its own: npx nx run dashboard');
    })
    .command(fetchCommand)
    .command(cacheCommand)
    .command(tensorflowCommand)
    .command(workerCommand)
    .command(logCommand)
    .demandCommand(1, `Say what to do: ${commands.map((name) => `\`${name}\``).join(', ')}.`)
    .strict()
    .check((argv) => {
      const repeated = Object.keys(argv).find((key) => Array.isArray(argv[key]) && !repeatable.includes(key));
      if (repeated !== undefined) throw new UserError(`--${kebab(repeated)} was given more than once`);
      return true;
    })
    .version('version', 'Say the version, that of Node and the platform', versionText())
    .help()
    .wrap(100)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined, usage: unknown) => {
      // yargs throws some of its own messages and passes others.
      if (error && error.name !== 'YError') throw error;
      const found = error?.message ?? message ?? '';
      const explained =
        lacking(found, usage) ??
        unknownNames(found, args, {
          commands,
          options: knownOptions(parser),
          spelt: (name) => `--${name}`,
        }) ??
        found;
      throw new UserError(`${explained}\n--help shows what there is.`);
    });
  await parser.parseAsync();
}

/** What a command needs and was not given, in place of yargs's message; null for other messages. */
function lacking(message: string, usage: unknown): string | null {
  const options = /^Missing required arguments?: (.*)$/.exec(message)?.[1];
  if (options !== undefined) return `needed, and not given: --${options.replaceAll(', ', ', --')}`;
  if (!message.startsWith('Not enough non-option arguments')) return null;
  // The first line of a command's help says which words it takes. yargs's types lack `help`.
  const [line] = (usage as { help: () => string }).help().split('\n');
  return `too few words: ${line}`;
}

function knownOptions(parser: unknown): string[] {
  const { key } = (parser as { getOptions(): { key: Record<string, unknown> } }).getOptions();
  return [...new Set(Object.keys(key).map(kebab))];
}
