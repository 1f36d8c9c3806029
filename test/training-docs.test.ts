import { readFileSync } from 'node:fs';
import { metricGoal, metricNames, readExperiment } from '@thaw/experiment';
import { expect, test } from 'vitest';

const read = (page: string) => readFileSync(new URL(`../docs/reference/${page}.md`, import.meta.url), 'utf8');
const text = read('settings');
const metrics = read('metrics');
const rows = [...text.matchAll(/^\| `([\w.]+)` +\| (.+?) +\| `(.+?)` +\| .+ \|$/gm)].map(
  ([, path, usual, example]) => ({ path: path!, usual: usual!.replaceAll('`', ''), example: example! }),
);

const usualOf = (text: string) => readExperiment(text, 'e.yaml').settings;
const usualSettings = usualOf('{}');
const usualInSections = usualOf(
  'training: {learning_rate_schedule: {}, warm_head: {}, gradual_unfreezing: {}}\naugmentation: {color_jitter: {}, gaussian_blur: {}, random_erasing: {}, rand_augment: {}}',
);

function usualValue(path: string): string {
  const keys = path.split('.');
  const value = keys.reduce<unknown>(
    (holder, step) => (holder as Record<string, unknown> | undefined)?.[step],
    keys.length > 2 ? usualInSections : usualSettings,
  );
  return value === undefined ? 'none' : String(value);
}

test.each(rows)(
  '$path is what the guide says, and can be a parameter of a sweep',
  ({ path, usual, example }) => {
    expect(usualValue(path)).toBe(usual);
    readExperiment(
      `augmentation: {fill_mode: constant}\nparameters:\n  ${path}: {values: [${example}]}\n`,
      'e.yaml',
    );
  },
);

test.each(metricNames)('the guide names %s, and which way it is better', (name) => {
  const better = metricGoal(name) === 'maximize' ? 'more' : 'less';
  expect(metrics).toMatch(new RegExp(`^\\| \`${name}\` \\| ${better} \\|`, 'm'));
});

const described = {
  training: ['epochs', 'batch_size', 'early_stopping', 'seed'],
  model: [
    'backbone',
    'alpha',
    'image_size',
    'weights',
    'scenario',
    'unfreeze_from',
    'batch_norm',
    'batch_norm_momentum',
  ],
};

test.each(['training', 'model'] as const)(
  'the guide names every setting of %s that the README does not',
  (section) => {
    const message = /allowed: (.+?)(?:;|$)/m;
    const refuse = () => readExperiment(`${section}: {none_such: 1}`, 'e.yaml');
    expect(refuse).toThrow(message);
    let allowed: string[] = [];
    try {
      refuse();
    } catch (error) {
      allowed = message.exec((error as Error).message)![1]!.split(', ');
    }
    for (const key of allowed.filter((each) => !described[section].includes(each))) {
      expect(
        rows.some(({ path }) => path.startsWith(`${section}.${key}`)),
        key,
      ).toBe(true);
    }
  },
);
