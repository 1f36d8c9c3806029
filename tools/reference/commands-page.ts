import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from 'yargs';
// This page knows both apps.
// eslint-disable-next-line @nx/enforce-module-boundaries
import { dashboardOptions } from '../../apps/dashboard/server/options.ts';
import {
  describeCommand,
  type AnyCommand,
  type DescribedCommand,
  type DescribedOption,
} from './command-tree.ts';
import { cell, fenced, table } from './markdown.ts';

const folder = join(import.meta.dirname, '../../apps/cli/src/commands');

/** The order of a reader's first week; others come behind. */
const order = ['init', 'sweep', 'sweeps', 'runs', 'dashboard', 'leakage', 'gap', 'advise', 'augment'];

/** What every command takes, or nearly every one; said once. */
const common = ['--runs-dir', '--output'];

const dashboard: DescribedCommand = {
  usage: 'dashboard',
  describe: 'Show sweeps and runs in the browser, live, and answer over HTTP',
  options: Object.entries(dashboardOptions).map(([name, options]) => ({
    name: `--${name}`,
    isPositional: false,
    options,
  })),
  examples: [['npx nx run dashboard', 'http://127.0.0.1:3000']],
  epilogue: null,
  commands: [],
};

/** Every command: those of the files in apps/cli/src/commands, each of which exports one, and the dashboard. */
export async function allCommands(): Promise<DescribedCommand[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(
    files.map(async (name) => (await import(join(folder, name))) as Record<string, unknown>),
  );
  const commands = modules.flatMap((module) =>
    Object.entries(module)
      .filter(([name]) => name.endsWith('Command'))
      .map(([, command]) => describeCommand(command as AnyCommand)),
  );
  const place = ({ usage }: DescribedCommand) => order.indexOf(usage.split(' ')[0]!) + 1 || order.length + 1;
  return [...commands, dashboard].sort((a, b) => place(a) - place(b) || a.usage.localeCompare(b.usage));
}

/** The text between the marks of docs/reference/commands.md. */
export async function commandsReference(): Promise<string> {
  const commands = await allCommands();
  return commands.map((command) => section(command, 2)).join('\n');
}

function section(command: DescribedCommand, level: number): string {
  const title = command.usage.replace(/ [[<].*/, '');
  const own = command.options.filter(({ name }) => !common.includes(name) || !isUsual(command, name));
  const usual = common.filter(
    (name) => command.options.some((each) => each.name === name) && isUsual(command, name),
  );
  const examples = command.examples.map(([text, means]) => `${text}${means === '' ? '' : `   # ${means}`}`);
  return [
    `${'#'.repeat(level)} ${title}\n`,
    `${command.describe}.\n`,
    command.usage === title ? '' : `\`npx nx run ${command.usage}\`\n`,
    own.length === 0 ? '' : optionTable(own),
    usual.length === 0 ? '' : `Also ${usual.map((name) => `\`${name}\``).join(' and ')}.\n`,
    examples.length === 0 ? '' : fenced('example', examples.join('\n')),
    command.epilogue === null ? '' : fenced('text', command.epilogue),
    ...command.commands.map((each) => section(each, level + 1)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Whether an option of a common name means here what it means elsewhere. */
function isUsual({ options }: DescribedCommand, name: string): boolean {
  const described = options.find((each) => each.name === name)?.options.describe ?? '';
  return name === '--runs-dir' ? /^Folder of/.test(described) : /^Also write/.test(described);
}

function optionTable(options: readonly DescribedOption[]): string {
  const rows = options.map(({ name, isPositional, options: given }) => [
    cell(`\`${isPositional ? name.toUpperCase() : name + valueOf(given)}\``),
    cell(meaning(given)),
    hasDefault(given) ? cell(`\`${String(given.default)}\``) : '',
  ]);
  return table(['option', 'meaning', 'default'], rows);
}

/** A flag is off, and a list empty, where nothing is said. */
function hasDefault({ default: usual }: Options): boolean {
  return usual !== undefined && usual !== false && !Array.isArray(usual);
}

function valueOf({ type, choices, array }: Options): string {
  if (choices !== undefined) return ` ${choices.map(String).join('|')}`;
  if (type === 'boolean') return '';
  return array === true ? ' VALUE...' : ' VALUE';
}

function meaning({ describe, demandOption, conflicts }: Options): string {
  const notBeside = [conflicts ?? []].flat().map((other) => `\`--${String(other)}\``);
  const said = (describe ?? '').replace(/ *\[default: (.+)\]$/, '; $1 when absent').replaceAll('"', '`');
  return [
    `${said}.`,
    demandOption === true ? 'Needed.' : '',
    notBeside.length === 0 ? '' : `Not beside ${notBeside.join(', ')}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
