import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataOf, drawnPredictions, smallSettings, writeRun } from '@thaw/analysis/testing';
import { Random } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JobDocument } from '../api/operations/jobs.ts';
import { imageList } from '../store/image-list.ts';
import { makeModel } from './made-model.ts';
import { newRun } from './made-run.ts';
import { serveHandlers, type Answered, type ServedHandlers } from './served-handlers.ts';

let runsDir: string;
/** A finished run with predictions, without a model. */
let run: string;
let unfinished: string;
let served: ServedHandlers;

beforeAll(async () => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-model-handlers-'));
  await makeModel(runsDir);
  run = await makeFinishedRun(runsDir);
  unfinished = (await openStore(runsDir).createRun(newRun())).id;
  served = await serveHandlers(runsDir, {
    limits: { directory: runsDir, data: [], programs: false, readOnly: false },
    index: () => Promise.resolve(openStore(runsDir).index()),
  });
});
afterAll(async () => {
  await served.close();
  rmSync(runsDir, { recursive: true });
});

async function makeFinishedRun(folder: string): Promise<string> {
  const smear = { train_sources_per_class: 2, test_sources_per_class: 2, images_per_source: 3, seed: 7 };
  const settings = smallSettings({
    augmentation: { rand_augment: {}, cutmix_alpha: 1 },
    dataset: { source: 'synthetic-smear', ...smear },
    split: { strategy: 'keras', validation: 0.5 },
    training: { epochs: 1 },
  });
  const data = await dataOf(folder, settings);
  const predicted = drawnPredictions(data, { validation: 0.9, test: 0.6 }, new Random('jobs'));
  return writeRun(folder, settings, predicted, data);
}

function ask(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Answered> {
  return served.ask(method, path, body);
}

describe('pictures of training images', () => {
  it('are null where the files are gone, in the order that was asked for', async () => {
    expect(await ask('models/cells/neighbours?index=1&index=0')).toEqual({
      status: 200,
      body: { pictures: [null, null] },
    });
  });

  it.each([
    ['models/cells/neighbours?index=2', 404, 'cells has 2 training images'],
    ['models/cells/neighbours?index=-1', 400, 'index'],
    ['models/cels/neighbours?index=0', 404, 'did you mean cells'],
  ])('are refused for %s', async (path, status, message) => {
    const refused = await ask(path);
    expect([refused.status, refused.body['detail']]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('a model for other programs', () => {
  it.each([
    ['keras', 'cells-1.keras', 'PK'],
    ['h5', 'cells-1.h5', '\x89HDF'],
    ['onnx', 'cells-1.onnx', '\x08\x08'],
    ['huggingface', 'cells-1-huggingface.zip', 'PK'],
  ])('is a download as %s', async (format, name, beginning) => {
    const response = await fetch(`${served.url}/models/cells/exports/${format}`);
    expect([response.status, response.headers.get('content-disposition')]).toEqual([
      200,
      `attachment; filename="${name}"`,
    ]);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, beginning.length).toString('latin1')).toBe(beginning);
    if (format === 'huggingface')
      for (const file of ['README.md', 'config.json', 'model.weights.h5', 'model.onnx'])
        expect(bytes.includes(`cells-1/${file}`)).toBe(true);
  });

  it.each([
    ['models/cells/exports/tflite', 400, 'format'],
    ['models/cells:2/exports/onnx', 404, 'cells'],
  ])('is refused for %s', async (path, status, message) => {
    const refused = await ask(path);
    expect([refused.status, refused.body['detail']]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('a sheet of what augmentation does', () => {
  it('shows twelve images at most, of all classes, each as it is and in six epochs', async () => {
    const response = await fetch(`${served.url}/runs/${run}/augmentation`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
    const { width, height } = await sharp(await response.arrayBuffer()).metadata();
    const size = smallSettings({}).model.image_size;
    const side = size * Math.max(1, Math.ceil(96 / size));
    // Twelve validation images, three of each class: rows under titles of 20, 6 apart, in margins of 16.
    expect({ width, height }).toEqual({ width: 26 + 7 * (side + 6), height: 26 + 12 * (20 + side + 6) });
  });

  it.each([
    ['none', 404, 'there is no run'],
    ['unfinished', 404, 'has no augmentation that could be shown'],
  ])('is refused for a run that is %s', async (which, status, message) => {
    const refused = await ask(`runs/${which === 'none' ? 'none' : unfinished}/augmentation`);
    expect([refused.status, refused.body['detail']]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('a promotion', () => {
  it.each([
    [{}, 400, 'either a run or a sweep'],
    [{ run: 'a', sweep: 'b' }, 400, 'either a run or a sweep'],
    [{ run: 'a', other: 1 }, 400, 'other'],
    [{ run: '--help' }, 404, 'there is no run "--help"'],
    [{ sweep: 'none' }, 404, 'there is no sweep "none"'],
  ])('is refused for %j with the reason', async (body, status, message) => {
    const refused = await ask('models/cells/versions', body);
    expect([refused.status, refused.body['detail']]).toEqual([status, expect.stringContaining(message)]);
  });

  it('is one at a time for a run, tells how far it is while it is under way, and can be cancelled', async () => {
    const answers = [ask('models/cells/versions', { run }), ask('models/cells/versions', { run })];
    const first = await Promise.race(answers);
    expect([first.status, first.body['detail']]).toEqual([409, expect.stringContaining('being promoted')]);
    const step = { model: 'cells', run, phase: 'reading the run', done: null, total: null };
    expect((await ask('promotions')).body).toEqual({ promotions: [step] });
    expect(await ask(`promotions/${run}`, undefined, 'DELETE')).toEqual({
      status: 200,
      body: { state: 'cancelled' },
    });
    const details = (await Promise.all(answers)).map(({ body }) => body['detail']);
    expect(details).toContain('the promotion to cells was cancelled');
    expect((await ask('promotions')).body).toEqual({ promotions: [] });
    expect((await ask(`promotions/${run}`, undefined, 'DELETE')).status).toBe(404);
  });

  it.each([
    ['Cells', {}, 'a model\'s name: found "Cells"'],
    ['cells', { alias: 'latest' }, 'an alias: found "latest"'],
  ])('is refused for the model %s and %j before anything begins', async (model, alias, message) => {
    const refused = await ask(`models/${model}/versions`, { run, ...alias });
    expect([refused.status, refused.body['detail']]).toEqual([400, expect.stringContaining(message)]);
  });
});

describe('measuring a gap', () => {
  const gap = () => ask(`runs/${run}/gap`);
  const stateOf = ({ body }: Answered) => (body['job'] as JobDocument | null)?.state;
  const untilEnded = async () => {
    await vi.waitUntil(async () => stateOf(await gap()) !== 'running', { timeout: 250_000, interval: 200 });
    return gap();
  };

  it('starts, is one at a time, tells how far it is, and its result is there when it has finished', async () => {
    expect((await gap()).body).toMatchObject({ gap: null, job: null });
    const started = await ask(`runs/${run}/gap`, { retrain: 0 });
    expect([started.status, started.body]).toEqual([
      200,
      {
        state: 'running',
        progress: { phase: 'reading the run', done: null, total: null },
        error: null,
        notes: [],
      },
    ]);
    for (const path of [`runs/${run}/gap`, 'models/cells/versions']) {
      const second = await ask(path, path.startsWith('runs') ? {} : { run });
      expect([second.status, second.body['detail']]).toEqual([
        409,
        `run ${run} is at work: its gap is being measured; try again when that has ended`,
      ]);
    }
    const { body } = await untilEnded();
    expect(body).toMatchObject({
      job: { state: 'finished', progress: null, error: null },
      gap: { explanation: expect.any(Array) as string[] },
    });
    expect((await ask(`runs/${run}/gap`, undefined, 'DELETE')).status).toBe(404);
  });

  it('can be cancelled, and started without a body', async () => {
    expect((await ask(`runs/${run}/gap`, undefined, 'POST')).body).toMatchObject({ state: 'running' });
    expect((await ask(`runs/${run}/gap`, undefined, 'DELETE')).body).toMatchObject({ state: 'cancelled' });
    expect(stateOf(await gap())).toBe('cancelled');
  });

  it.each([
    ['none', 404, 'there is no run'],
    ['unfinished', 500, 'gap.json: not a document that Thaw wrote'],
  ])('cannot be told of for a run that is %s', async (which, status, message) => {
    if (which === 'unfinished') {
      const folder = join(runsDir, 'runs', unfinished, 'gap');
      mkdirSync(folder);
      writeFileSync(join(folder, 'gap.json'), '{"run": 1}');
    }
    const refused = await ask(`runs/${which === 'none' ? 'none' : unfinished}/gap`);
    expect([refused.status, refused.body['detail']]).toEqual([status, expect.stringContaining(message)]);
  });

  it.each([
    ['none', {}, 404, 'there is no run'],
    ['unfinished', {}, 409, 'is still running'],
    ['finished', { retrain: -1 }, 400, 'retrain'],
    ['finished', { retrian: 1 }, 400, 'retrian'],
  ])('is refused for a run that is %s, with %j', async (which, body, status, message) => {
    const id = { none: 'none', unfinished, finished: run }[which]!;
    const refused = await ask(`runs/${id}/gap`, body);
    expect([refused.status, refused.body['detail']]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('the map of the images of a run', () => {
  const map = () => ask(`runs/${run}/map`);

  it('is not there before it is drawn, but small pictures are', async () => {
    expect((await map()).body).toEqual({ layouts: [], missing: null, job: null });
    const store = openStore(runsDir);
    const { list } = await imageList(store, await store.run(run), runsDir);
    const sheet = await fetch(`${served.url}/runs/${run}/sprites/0?of=${list}`);
    expect(await sharp(await sheet.arrayBuffer()).metadata()).toMatchObject({ width: 480, height: 480 });
    const refused = await Promise.all(
      [
        `map/pca?of=${list}`,
        `sprites/99?of=${list}`,
        'sprites/0?of=other',
        'sprites/0',
        'map/tsne?of=other',
      ].map((path) => ask(`runs/${run}/${path}`)),
    );
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 409, 400, 400]);
  });

  it('is not drawn of a run without images, with the reason', async () => {
    const why = `run ${unfinished} (running) did not come so far as to read its images`;
    expect((await ask(`runs/${unfinished}/map`)).body).toMatchObject({ layouts: [], missing: why });
    const refused = await ask(`runs/${unfinished}/map`, {});
    expect([refused.status, refused.body['detail']]).toEqual([409, expect.stringContaining(why)]);
    expect((await ask(`runs/${run}/map`, undefined, 'DELETE')).status).toBe(404);
  });
});
