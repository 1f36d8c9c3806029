import { readFileSync } from 'node:fs';
import { describedSettings, metricGoal, metricNames, readExperiment, settingsSchema } from '@thaw/experiment';
import { describe, expect, it, test } from 'vitest';
import type { DescribedCommand } from '../tools/reference/command-tree.ts';
import { allCommands } from '../tools/reference/commands-page.ts';
import { cell } from '../tools/reference/markdown.ts';
import { referencePages } from '../tools/reference/reference-pages.ts';
import { commandsOf, pages, readPage } from './support/markdown.ts';

test('what a cell of a table says is no markup outside of code', () => {
  expect(cell('a|b <c>/* `d|<e>*`\nf')).toBe('a\\|b &lt;c>/\\* `d\\|<e>*` f');
});

test.each(referencePages)(
  '$name is what npx tsx tools/reference/write-reference.ts writes',
  async ({ path, make }) => {
    const page = readFileSync(path, 'utf8');
    expect(await make(page)).toBe(page);
  },
);

describe('a setting of the reference', () => {
  const plain = settingsSchema.parse({});
  /** Where every section stands in the file, empty. */
  const inSections = settingsSchema.parse({
    dataset: { path: 'cells', csv: {} },
    training: {
      ...{ early_stopping: {}, learning_rate_schedule: {} },
      ...{ warm_head: {}, gradual_unfreezing: {}, progressive_size: {} },
    },
    augmentation: { color_jitter: {}, gaussian_blur: {}, random_erasing: {}, rand_augment: {} },
  });
  const valueAt = (settings: unknown, path: readonly string[]): unknown =>
    path.reduce((holder, key) => (holder as Record<string, unknown> | null | undefined)?.[key], settings);
  const given = (path: string) => {
    const keys = path.split('.');
    const value = keys.length > 2 ? undefined : valueAt(plain, keys);
    return value === undefined ? valueAt(inSections, keys) : value;
  };
  const settings = describedSettings();
  // What has no default, and what is given in another form than it is kept in.
  const others = ['dataset.path', 'augmentation'];
  const sections = settings.filter(({ path }) => settings.some((other) => other.path.startsWith(`${path}.`)));

  it.each(settings.filter((setting) => !others.includes(setting.path) && !sections.includes(setting)))(
    '$path has the default that a file without it gets',
    ({ path, usual }) => {
      expect(given(path)).toEqual(usual);
    },
  );

  const ofFiles = /^dataset\.(path|layout|classes|csv)/;
  it.each(
    settings.filter(
      ({ path, example, usual }) => !ofFiles.test(path) && (example !== undefined || usual !== undefined),
    ),
  )('$path can be what the example says, and a parameter of a sweep', ({ path, example, usual }) => {
    const value = JSON.stringify(example ?? usual);
    const folds = path === 'split.repeats' ? ', folds: 5' : '';
    readExperiment(
      `split: {strategy: grouped${folds}}\naugmentation: {fill_mode: constant}\nparameters: {${path}: {values: [${value}]}}\n`,
      'e.yaml',
    );
  });
});

test.each(metricNames)('the page on metrics names %s, and which way it is better', (name) => {
  const better = metricGoal(name) === 'maximize' ? 'more' : 'less';
  expect(readPage('docs/reference/metrics.md')).toMatch(
    new RegExp(`^\\| \`${name}\` \\| ${better} \\|`, 'm'),
  );
});

describe('the page on commands', async () => {
  const flat = (commands: readonly DescribedCommand[]): DescribedCommand[] =>
    commands.flatMap((command) => [command, ...flat(command.commands)]);
  const commands = await allCommands();

  it('has every command that npx nx run knows, but for the project’s own', () => {
    const { nx } = JSON.parse(readPage('package.json')) as { nx: { targets: Record<string, unknown> } };
    const own = ['test', 'lint', 'bench', 'pack'];
    const targets = Object.keys(nx.targets).filter((name) => !own.includes(name));
    expect(commands.map(({ usage }) => usage.split(' ')[0]).sort()).toEqual(targets.sort());
  });

  it.each(flat(commands))(
    '$usage has examples whose options it has',
    ({ examples, options, commands: below }) => {
      const known = [...options, ...flat(below).flatMap((each) => each.options)].map(({ name }) => name);
      const used = examples.flatMap(([text]) => [...text.matchAll(/ (--[a-z-]+)/g)].map(([, name]) => name!));
      expect(used.filter((name) => !known.includes(name))).toEqual([]);
      expect(examples.length + below.length).toBeGreaterThan(0);
    },
  );

  /** Those in blocks and in the text, of which some say what others of their kind are. */
  const shown = pages.flatMap((page) => {
    const text = readPage(page);
    const inText = [...text.matchAll(/`(npx nx run [^`]+)`/g)].map(([, command]) => command!);
    return [...commandsOf(text), ...inText].filter((command) => /^npx nx run [a-z]/.test(command));
  });
  const words = ({ usage }: DescribedCommand) => usage.replace(/ [[<].*/, '');

  it('has every command and option that a page speaks of', () => {
    const own = /^(test|lint|bench|pack)$/;
    const unknown = [...new Set(shown)].flatMap((command) => {
      const said = command.replace(/\s+/g, ' ').replace('npx nx run ', '');
      if (own.test(said.split(' ')[0]!)) return [];
      const [found] = flat(commands)
        .filter((each) => `${said} `.startsWith(`${words(each)} `))
        .sort((a, b) => words(b).length - words(a).length);
      if (!found) return [command];
      const known = [...found.options.map(({ name }) => name), '--help', '--log-level'];
      const used = [...said.matchAll(/ (--[a-z][a-z-]*)/g)].map(([, name]) => name!);
      return used.filter((name) => !known.includes(name)).map((name) => `${command}: ${name}`);
    });
    expect(shown.length).toBeGreaterThan(60);
    expect(unknown).toEqual([]);
  });
});
