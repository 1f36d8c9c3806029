import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeSmear } from '@thaw/data';
import { settingsSchema, type SyntheticDataset } from '@thaw/experiment';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { serveHandlers, type ServedHandlers } from './served-handlers.ts';

let folder: string;
let smear: string;
let served: ServedHandlers;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'thaw-advice-')));
  const { dataset } = settingsSchema.parse({
    dataset: { train_sources_per_class: 3, test_sources_per_class: 1, images_per_source: 2 },
  });
  smear = await synthesizeSmear(dataset as SyntheticDataset, join(folder, 'data'));
  const index = openStore(join(folder, 'runs')).index();
  served = await serveHandlers(join(folder, 'runs'), {
    limits: { directory: folder, data: [join(folder, 'data')], programs: false, readOnly: false },
    index: () => Promise.resolve(index),
  });
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask: ServedHandlers['ask'] = (...request) => served.ask(...request);

const model = 'model: {backbone: mobilenet_v2, alpha: 0.35, image_size: 32, weights: random}';
const yaml = (dataset: string) => `dataset: ${dataset}\n${model}\n`;

it('advises a scenario for the images of an experiment, and tells how far that is', async () => {
  const text = yaml(`{path: ${smear}}`);
  const about = `advice?folder=${encodeURIComponent(smear)}`;
  const checked = await ask('POST', 'experiments/check', { yaml: text });
  expect(checked.body).toMatchObject({ experiment: { folder: smear } });
  expect(await ask('GET', about)).toEqual({ status: 200, body: { folder: smear, advice: null, job: null } });
  const started = await ask('POST', 'advice', { yaml: text });
  expect(started.body).toMatchObject({ folder: smear, advice: null, job: { state: 'running', error: null } });
  expect(await ask('POST', 'advice', { yaml: text })).toMatchObject({
    status: 409,
    body: { detail: expect.stringMatching(/^folder .* is at work: its images are being looked at/) },
  });
  const state = async () => ((await ask('GET', about)).body['job'] as { state: string }).state;
  await vi.waitUntil(async () => (await state()) !== 'running', { timeout: 120_000, interval: 200 });
  expect((await ask('GET', about)).body).toMatchObject({
    job: { state: 'finished', progress: null },
    advice: {
      scenario: expect.stringMatching(/^(feature_extraction|partial_unfreeze)$/),
      images: 4 * 3 * 2,
      photographs: 4 * 3,
      features: { alpha: 0.35, image_size: 32 },
      doubts: expect.arrayContaining([expect.stringContaining('has 3 photographs')]),
      trials: null,
    },
  });
  expect((await ask('DELETE', about)).status).toBe(404);
});

it.each([
  ['of a folder elsewhere', '{path: /etc}', undefined, /outside the folders/],
  ['of images that are drawn', '{source: synthetic-smear}', undefined, /about a folder of images/],
  ['in no time', '{path: data}', 1, /seconds/],
])('gives no advice %s', async (_, dataset, seconds, message) => {
  const refused = await ask('POST', 'advice', { yaml: yaml(dataset), seconds });
  expect([refused.status, refused.body['detail']]).toEqual([400, expect.stringMatching(message)]);
});
