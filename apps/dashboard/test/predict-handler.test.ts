import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tensor } from '@thaw/compute';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PredictHandler } from '../server/predict/predict-handler.ts';
import { labels, makeModel } from './made-model.ts';

let runsDir: string;
let server: Server;
let url: string;

beforeAll(async () => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-predict-'));
  await makeModel(runsDir);
  const handler = new PredictHandler(runsDir);
  server = createServer((request, response) => {
    if (!handler.handle(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/models`;
});
afterAll(() => {
  server.close();
  rmSync(runsDir, { recursive: true });
});

const photograph = () =>
  sharp({ create: { width: 50, height: 40, channels: 3, background: '#a04060' } })
    .png()
    .toBuffer();

async function post(path: string, body: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/${path}`, { method: 'POST', body, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function upload(path: string, bytes: Buffer) {
  const form = new FormData();
  form.append('image', new Blob([new Uint8Array(bytes)]), 'cell.png');
  return post(path, form);
}

const json = { 'content-type': 'application/json' };

describe('a prediction over HTTP', () => {
  it('is the same in all forms', async () => {
    const bytes = await photograph();
    const { body } = await upload('cells/predict', bytes);
    const [prediction] = body['predictions'] as [{ label: string; probabilities: Record<string, number> }];
    const expected = Object.values(prediction.probabilities);
    expect(Object.keys(prediction.probabilities)).toEqual(labels);
    expect(expected.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
    const b64 = bytes.toString('base64');
    const serving = await post('cells:1/predict', JSON.stringify({ instances: [{ b64 }] }), json);
    expect(serving.body).toEqual({ predictions: [expected] });
    const pixel = [0xa0, 0x40, 0x60].map((value) => Math.fround(value / 127.5) - 1);
    const { data, shape } = tensor([1, 32, 32, 3]);
    const inputs = [
      { name: 'input_layer', shape, datatype: 'FP32', data: [...data].map((_, i) => pixel[i % 3]) },
    ];
    const open = await post('cells@latest/predict', JSON.stringify({ inputs }), json);
    const [output] = open.body['outputs'] as [{ data: number[] }];
    output.data.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  });

  it('comes with its reasons for the try page', async () => {
    const { body } = await upload('cells/explain', await photograph());
    expect(body['seen']).toMatch(/^data:image\/png;base64,/);
    expect(body['heat_map']).toMatchObject({ height: 1, width: 1 });
    expect(body['nearest']).toHaveLength(2);
  });

  it.each([
    ['text that is called an image', () => Buffer.from('just text'), 415, 'not an image of a known format'],
    ['an empty file', () => Buffer.alloc(0), 422, 'the file is empty'],
    ['a file that is too large', () => Buffer.alloc(10_000_001), 413, 'at most 10 MB are allowed'],
    [
      'an image that is cut off',
      async () =>
        (
          await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } })
            .jpeg()
            .toBuffer()
        ).subarray(0, 500),
      422,
      'truncated',
    ],
  ])('is refused for %s', async (_, make, status, message) => {
    const refused = await upload('cells/predict', await make());
    expect(refused.status).toBe(status);
    expect(refused.body['detail']).toContain(message);
  });

  it('is refused for a body that is too large although it does not say so', async () => {
    const answer = await new Promise<number>((done, fail) => {
      const sent = request(`${url}/cells/predict`, { method: 'POST', headers: json }, (response) => {
        response.resume();
        done(response.statusCode!);
      });
      sent.on('error', fail);
      for (let i = 0; i < 21; i++) sent.write(Buffer.alloc(1_000_000));
    });
    expect(answer).toBe(413);
  });

  it('is refused for models that are not there and for other methods', async () => {
    expect(await upload('cels/predict', await photograph())).toMatchObject({ status: 404 });
    expect(await upload('cells@champion/predict', await photograph())).toMatchObject({ status: 404 });
    expect((await fetch(`${url}/cells/predict`)).status).toBe(405);
  });

  it('loses none of many at once', async () => {
    const bytes = await photograph();
    const answers = await Promise.all(Array.from({ length: 60 }, () => upload('cells/predict', bytes)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
