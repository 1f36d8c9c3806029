import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { serveHandlers, type ServedHandlers } from './served-handlers.ts';

let folder: string;
let served: ServedHandlers;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'thaw-views-')));
  const index = openStore(join(folder, 'runs')).index();
  served = await serveHandlers(join(folder, 'runs'), {
    limits: { directory: folder, data: [join(folder, 'data')], programs: true, readOnly: false },
    index: () => Promise.resolve(index),
  });
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask: ServedHandlers['ask'] = (...request) => served.ask(...request);

const smear =
  'dataset: {source: synthetic-smear, train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5}\nmodel: {alpha: 0.35, image_size: 32, weights: random}\n';

it('draws twelve images and their views before anything trains, and tells how far that is', async () => {
  // The first value augments nothing.
  const yaml = `${smear}parameters: {augmentation: {values: [false, true]}}\n`;
  const about = 'views?images=synthetic-smear';
  const started = await ask('POST', 'views', { yaml });
  expect(started.body).toMatchObject({ images: 'synthetic-smear', sheet: null, job: { state: 'running' } });
  expect(await ask('POST', 'views', { yaml })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('its images are being drawn as augmentation shows them') },
  });
  const state = async () => ((await ask('GET', about)).body['job'] as { state: string }).state;
  await vi.waitUntil(async () => (await state()) !== 'running', { timeout: 120_000, interval: 200 });
  const { body } = await ask('GET', about);
  expect(body).toMatchObject({ sheet: expect.any(String), job: { state: 'finished', error: null } });
  const sheet = await fetch(`${served.url}/views/sheet?images=synthetic-smear&of=${body['sheet'] as string}`);
  expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'image/png']);
  // As of a run: seven views a row, enlarged to 96, under titles of 20, 6 apart, in margins of 16.
  const { width, height } = await sharp(await sheet.arrayBuffer()).metadata();
  expect({ width, height }).toEqual({ width: 26 + 7 * 102, height: 26 + 12 * (20 + 102) });
  expect((await ask('GET', 'views/sheet?images=synthetic-smear&of=another')).status).toBe(404);
  expect((await ask('DELETE', about)).status).toBe(404);
});

it.each([
  ['without augmentation', smear, /augmentation: found false/],
  ['of a folder elsewhere', 'dataset: {path: /etc}\naugmentation: true\n', /outside the folders/],
  ['of a program', 'program: train.py\nmetric: {name: loss}\nparameters: {lr: {values: [1]}}\n', /program/],
])('draws nothing %s', async (_, yaml, message) => {
  const refused = await ask('POST', 'views', { yaml });
  expect([refused.status, refused.body['detail']]).toEqual([400, expect.stringMatching(message)]);
});
