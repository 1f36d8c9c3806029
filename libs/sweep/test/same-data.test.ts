import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { UserError } from '@thaw/base';
import { settingsSchema, type Experiment } from '@thaw/experiment';
import { openStore } from '@thaw/tracking';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  dataChanges,
  imagesOf,
  openSweep,
  preflight,
  prepareSweep,
  type OpenSweep,
  type SweepOptions,
} from '../src/index.ts';
import { trialJobs } from '../src/begin/trial-jobs.ts';
import { provenance } from './chaos/trivial-records.ts';

let root: string;
/** Twelve images of cats and as many of dogs; each test has a copy. */
let original: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'thaw-same-data-'));
  original = join(root, 'original');
  for (const label of ['cat', 'dog']) {
    await mkdir(join(original, label), { recursive: true });
    for (let i = 0; i < 12; i++)
      await writeFile(join(original, label, `${i}.png`), await image(`${label}${i}`));
  }
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

function image(key: string): Promise<Buffer> {
  const background = { r: key.length * 20, g: key.charCodeAt(0), b: Number(/\d+$/.exec(key)?.[0] ?? 0) * 7 };
  return sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer();
}

const yaml = (path: string, model = 'weights: random, alpha: 0.35') =>
  `dataset: {path: ${path}, layout: class-folders}\nmodel: {${model}, image_size: 32}\nparameters: {model.head_units: {values: [8, 16]}}\n`;

describe('a sweep that goes on', () => {
  let folder: string;
  let data: string;
  let runsDir: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(root, 'work-'));
    data = join(folder, 'data');
    runsDir = join(folder, 'runs');
    await cp(original, data, { recursive: true });
  });

  const options = (from: SweepOptions['from'], set: string[] = []): SweepOptions => ({
    from,
    set,
    runsDir,
    workers: 1,
    engine: 'auto',
    device: null,
    maxTrials: null,
    maxTime: null,
    retry: 0,
    queue: null,
    trackerHost: '',
    trackerPort: 0,
  });
  const read = ({ experiment, directory }: OpenSweep) =>
    preflight(experiment as Experiment, {
      runsDir,
      directory,
      onImages: () => undefined,
      onWeights: () => undefined,
      onNote: () => undefined,
    });

  /** A sweep of one trial; `kept` leaves its images with it, as every sweep does now, and `facts` stand in its record. */
  async function begun(kept = true, model?: string, facts: object = {}): Promise<string> {
    const store = openStore(runsDir);
    const file = join(folder, 'e.yaml');
    writeFileSync(file, yaml(relative(process.cwd(), data), model));
    const sweep = await openSweep(store, options({ file }));
    const { datasets } = await read(sweep);
    const writer = await sweep.begin(1);
    if (kept) await writer.setImages(imagesOf(datasets));
    const [{ settings, dataset }] = datasets as [(typeof datasets)[0]];
    const run = await store.createRun({ sweep: writer.id, number: 0, parameters: {}, settings, provenance });
    await writer.addTrial({ number: 0, run: run.id, parameters: { 'model.head_units': 8 } });
    const { train, validation, test, fingerprint } = dataset;
    await run.addProvenance({
      data: { train: train.length, validation: validation.length, test: test.length, fingerprint },
      ...facts,
    });
    await run.interrupt();
    await writer.finish('interrupted');
    return writer.id;
  }

  async function changes(id: string, set: string[] = []): Promise<string[]> {
    const store = openStore(runsDir);
    const sweep = await openSweep(store, options({ resume: id, file: null }, set));
    return dataChanges(store, sweep.earlier!, sweep.experiment as Experiment, (await read(sweep)).datasets);
  }

  it('finds its images as they were, from wherever it is resumed', async () => {
    const id = await begun();
    expect(await changes(id)).toEqual([]);
    const { directory } = await openStore(runsDir).sweep(id);
    expect(directory).toBe(process.cwd());
  });

  it('is told which images were added, are gone, are others, by class', async () => {
    const id = await begun();
    await writeFile(join(data, 'cat', 'new.png'), await image('new'));
    await rm(join(data, 'dog', '3.png'));
    await writeFile(join(data, 'dog', '4.png'), await image('another'));
    expect(await changes(id)).toEqual([
      'cat: 1 image added (cat/new.png)',
      'dog: 1 image with other contents (dog/4.png), 1 image gone (dog/3.png)',
    ]);
  });

  it('of before images were kept with sweeps is compared by the fingerprint of its runs', async () => {
    const id = await begun(false);
    expect(await changes(id)).toEqual([]);
    await rm(join(data, 'dog', '3.png'));
    expect(await changes(id)).toEqual([
      expect.stringMatching(
        /^trial 0 had 16 training, 4 validation and 4 test images; now there are 16, 3 and 4/,
      ),
    ]);
  });

  it('finds images that have moved where it is told, if they are the same', async () => {
    const id = await begun();
    const elsewhere = join(folder, 'elsewhere');
    renameSync(data, elsewhere);
    const error: unknown = await changes(id).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ remedy: { do: 'say where images are' } });
    expect((error as UserError).message).toContain(data);
    expect(await changes(id, [`dataset.path=${elsewhere}`])).toEqual([]);
    await rm(join(elsewhere, 'cat', '1.png'));
    expect(await changes(id, [`dataset.path=${elsewhere}`])).toEqual(['cat: 1 image gone (cat/1.png)']);
    await expect(changes(id, ['training.epochs=2'])).rejects.toThrow(/was started with other changes/);
  });

  it('is refused where its weights have changed, of which each of its trials expects what was read', async () => {
    const id = await begun(true, 'weights: bundled', {
      weights: { origin: 'bundled', sha256: 'of another file' },
    });
    const store = openStore(runsDir);
    const sweep = await openSweep(store, options({ resume: id, file: null }));
    const ignored = () => undefined;
    const listener = { count: ignored, weights: ignored, looking: ignored, note: ignored, leakage: ignored };
    const experiment = sweep.experiment as Experiment;
    const prepare = (dataChanged: 'refuse' | 'new-sweep') => {
      const asked = { runsDir, leakageCheck: false, dataChanged };
      return prepareSweep(store, { ...sweep, experiment }, asked, listener);
    };
    await expect(prepare('refuse')).rejects.toThrow(
      /cannot go on: .*\n {2}- trial 0 started from other weights than bundled .* has now \(SHA-256 of another f, not /,
    );
    const { datasets, weights, changes: found } = await prepare('new-sweep');
    expect(found).toHaveLength(1);
    const jobs = trialJobs({ ...sweep, experiment, sweep: id, datasets, weights, workers: 1, runsDir });
    const { weightsSha256 } = jobs({ number: 1, parameters: { 'model.head_units': 16 } });
    expect(weightsSha256).toBe(weights[0]!.sha256);
  });

  it('can be begun anew, with its experiment and none of its trials', async () => {
    const id = await begun();
    const store = openStore(runsDir);
    const anew = (await openSweep(store, options({ resume: id, file: null }))).anew();
    const writer = await anew.begin(1);
    await writer.finish('finished');
    expect(await store.sweep(writer.id)).toMatchObject({ trials: [], name: 'e', experiment_file: 'e.yaml' });
    expect(anew.known).toEqual([]);
  });
});

it('settings say which strategy made the split where the file says none', async () => {
  const folder = mkdtempSync(join(root, 'strategy-'));
  const file = join(folder, 'e.yaml');
  writeFileSync(file, yaml(original));
  const sweep = await openSweep(openStore(join(folder, 'runs')), {
    ...{ from: { file }, set: [], runsDir: join(folder, 'runs'), workers: 1, engine: 'auto', device: null },
    ...{ maxTrials: null, maxTime: null, retry: 0, queue: null, trackerHost: '', trackerPort: 0 },
  });
  expect(settingsSchema.parse({}).split.strategy).toBeUndefined();
  const { datasets } = await preflight(sweep.experiment as Experiment, {
    runsDir: join(folder, 'runs'),
    directory: sweep.directory,
    onImages: () => undefined,
    onWeights: () => undefined,
    onNote: () => undefined,
  });
  expect(datasets[0]!.settings.split.strategy).toBe('keras');
});
