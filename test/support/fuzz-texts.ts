import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random, UserError } from '@thaw/base';
import { loadDataset } from '@thaw/data';
import { gridSize, loadExperiment, settingsSchema } from '@thaw/experiment';
import { modelProblems } from '@thaw/model';
import { createSampler } from '@thaw/search';
import sharp from 'sharp';
import { evilCsv, evilYaml, mutatedText } from './mutate-text.ts';

export type Outcome = 'read' | 'refused';

/** A mutated file: `read` gives its outcome, or throws what is a defect. */
export interface FuzzCase {
  readonly name: string;
  readonly text: string;
  read(): Promise<Outcome>;
}

const classes = ['A', 'B', 'caf\u00e9'];
const imagesPerClass = 8;

/** Makes in a folder what the cases read: images that tables name, and a place for each file. */
export async function prepareFuzz(folder: string): Promise<void> {
  mkdirSync(join(folder, 'data', 'img'), { recursive: true });
  for (const [c, label] of classes.entries()) {
    for (let i = 0; i < imagesPerClass; i++) {
      const background = { r: 80 * c, g: 20 * i, b: 0 };
      const image = sharp({ create: { width: 8, height: 8, channels: 3, background } });
      writeFileSync(join(folder, 'data', 'img', `${label}${i}.png`), await image.png().toBuffer());
    }
  }
}

/** `count` mutated experiment files and as many tables, others for another seed. */
export function fuzzCases(folder: string, count: number, seed = 0): FuzzCase[] {
  const names = readdirSync(new URL('../../experiments', import.meta.url)).filter((name) =>
    name.endsWith('.yaml'),
  );
  const experiments = names.map((name) =>
    readFileSync(new URL(`../../experiments/${name}`, import.meta.url), 'utf8').replace(/^#.*\n/gm, ''),
  );
  return Array.from({ length: count }, (_, index) => {
    const i = seed * count + index;
    const original = experiments[i % experiments.length]!;
    return [experiment(folder, i, original), i % 2 === 0 ? labels(folder, i) : groups(folder, i)];
  }).flat();
}

function experiment(folder: string, i: number, original: string): FuzzCase {
  const file = join(folder, `e${i}.yaml`);
  const text = mutatedText(original, evilYaml, new Random('fuzz yaml', i));
  return {
    name: `experiment ${i}`,
    text,
    read: () =>
      outcomeOf(text, file, /^(?:[^\n]*e\d+\.yaml(?::\d+)?: [^\n]+\n?)+$/, async () => {
        const { method, parameters } = await loadExperiment(file, {
          checks: ({ model }) => modelProblems(model),
        });
        gridSize(parameters);
        createSampler(method, parameters, { seed: 1, goal: 'maximize' }).ask([]);
      }),
  };
}

const rows = classes.flatMap((label) =>
  Array.from({ length: imagesPerClass }, (_, i) => {
    const part = i < 4 ? 'train' : i < 6 ? 'val' : 'test';
    return { path: `img/${label}${i}.png`, label, part, slide: `${label}${i >> 1}` };
  }),
);
const located =
  /^(?:dataset\.csv: |split\.groups\.csv: |split\.(?:validation|test|strategy): |The data set in )/;

function labels(folder: string, i: number): FuzzCase {
  const original = [
    'path,label,part',
    ...rows.map(({ path, label, part }) => `${path},${label},${part}`),
  ].join('\n');
  const name = `labels${i}.csv`;
  const csv = i % 4 === 0 ? { file: name, split_column: 'part' } : { file: name };
  const dataset = { path: join(folder, 'data'), layout: 'csv', csv };
  return table(folder, join(folder, 'data', name), original, i, { dataset, split: { validation: 0.25 } });
}

function groups(folder: string, i: number): FuzzCase {
  const original = ['file,slide', ...rows.map(({ path, slide }) => `${path},${slide}`)].join('\n');
  const csv = join(folder, `groups${i}.csv`);
  writeFileSync(
    join(folder, 'data', 'labels.csv'),
    ['path,label', ...rows.map(({ path, label }) => `${path},${label}`)].join('\n'),
  );
  const dataset = { path: join(folder, 'data'), layout: 'csv' };
  const split = { strategy: 'grouped', validation: 0.25, test: 0.25, groups: { csv, column: 'slide' } };
  return table(folder, csv, original, i, { dataset, split });
}

function table(folder: string, file: string, original: string, i: number, settings: object): FuzzCase {
  const text = mutatedText(original, evilCsv, new Random('fuzz csv', i));
  return {
    name: `table ${i}`,
    text,
    read: () =>
      outcomeOf(text, file, located, async () => {
        await loadDataset(settingsSchema.parse(settings), { cacheDir: join(folder, 'cache') });
      }),
  };
}

async function outcomeOf(
  text: string,
  file: string,
  message: RegExp,
  read: () => Promise<void>,
): Promise<Outcome> {
  writeFileSync(file, text);
  try {
    await read();
    return 'read';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (!message.test(error.message)) {
      throw new Error(`a message that does not say where: ${error.message}`, { cause: error });
    }
    return 'refused';
  }
}
