import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError, writeFileAtomic } from '@thaw/base';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { claims } from './claims.ts';
import { openBenchData } from './measure/bench-data.ts';
import { installed, type Version } from './measure/versions.ts';
import { KerasPeer } from './peers/keras-peer.ts';
import { resultsTable } from './report/results-table.ts';
import {
  readResults,
  summarise,
  thisMachine,
  withEarlier,
  type BenchResults,
  type ClaimResult,
} from './report/results.ts';

/** Where `fetch data` puts the Kaggle set. */
const fetchedData = 'runs/data/blood-cells';

const options = await yargs(hideBin(process.argv))
  .scriptName('npx nx run bench')
  .usage('$0\n\nMeasure what the README claims, beside Keras where Python has it')
  .option('only', {
    choices: Object.keys(claims),
    array: true,
    requiresArg: true,
    describe: 'Measure these claims only; the others keep their figures in the output file',
  })
  .option('data', {
    type: 'string',
    requiresArg: true,
    describe: `Folder with TRAIN/<class>/ and TEST/<class>/ [default: ${fetchedData} if it is there, else drawn images]`,
  })
  .option('python', {
    type: 'string',
    default: 'python3',
    requiresArg: true,
    describe: 'A Python with tensorflow and keras, the peer to measure against',
  })
  .option('before', {
    type: 'string',
    requiresArg: true,
    describe: 'A checkout of an earlier commit, its packages installed, to compare with',
  })
  .option('output', {
    type: 'string',
    default: 'runs/bench.json',
    requiresArg: true,
    describe: 'Where the figures go, as JSON',
  })
  .example('npx nx run bench --only full-training --python venv/bin/python', 'one claim, with the peer')
  .strict()
  .parse();

const note = (line: string) => void process.stderr.write(`${line}\n`);
const scratch = await mkdtemp(join(tmpdir(), 'thaw-bench-'));
try {
  process.stdout.write(`${resultsTable(await measureAll())}\n`);
  note(`The figures are in ${options.output}`);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  note(error.message);
  process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** Each claim's figures are in the output file as soon as they are measured: a bench takes an hour, and may be ended. */
async function measureAll(): Promise<BenchResults> {
  const keras = await KerasPeer.find(options.python);
  note(
    keras
      ? `Peer: ${keras.version}`
      : `${options.python} has no Keras: ratios to it are left out (pip install tensorflow-cpu keras pillow scipy; --python)`,
  );
  const folder = options.data ?? (existsSync(fetchedData) ? fetchedData : null);
  const data = await openBenchData(folder, join(scratch, 'drawn'));
  let install: Promise<Version> | null = null;
  const context = {
    ...{ data, keras, scratch, note },
    before: options.before ?? null,
    installed: () => {
      if (install === null) note('Thaw: packed and installed');
      return (install ??= installed(scratch));
    },
  };
  let results: BenchResults = {
    machine: thisMachine(),
    keras: keras?.version ?? null,
    data: { train_images: data.trainImages, test_images: data.testImages, classes: data.classes },
    claims: [],
  };
  let slower: number | null = null;
  for (const [name, claim] of Object.entries(claims)) {
    // The yardstick is part of every bench: the machine may be another by the hour.
    if (name !== 'machine' && options.only && !options.only.includes(name)) continue;
    note(`${name}: ${claim.says}`);
    const figures = await claim.measure(context);
    if (name === 'machine') slower = figures.at(-1)!.values[0]!;
    const measured: ClaimResult = {
      claim: name,
      says: claim.says,
      date: new Date().toISOString(),
      figures: figures.map((figure) => summarise(figure, slower)),
    };
    const earlier = await readResults(options.output);
    results = withEarlier({ ...results, claims: [measured] }, earlier, Object.keys(claims));
    await writeFileAtomic(options.output, `${JSON.stringify(results, null, 2)}\n`);
  }
  return results;
}
