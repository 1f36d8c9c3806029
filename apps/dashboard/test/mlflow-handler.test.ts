import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MlflowHandler } from '../server/mlflow/mlflow-handler.ts';

let runsDir: string;
let server: Server;
let handler: MlflowHandler;
let base: string;

beforeAll(async () => {
  runsDir = await mkdtemp(join(tmpdir(), 'thaw-mlflow-'));
  handler = new MlflowHandler(runsDir);
  server = createServer((request, response) => {
    if (!handler.handle(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await handler.close();
  await rm(runsDir, { recursive: true, force: true });
});

async function post(call: string, body: unknown, text = JSON.stringify(body)) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${base}/api/2.0/mlflow/${call}`, { method: 'POST', headers, body: text });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

async function get(path: string) {
  const response = await fetch(`${base}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('a client of MLflow', () => {
  it("logs a run that stands in Thaw's table and has its curves", async () => {
    const { experiment_id } = (await post('experiments/create', { name: 'live' })).body;
    const created = await post('runs/create', {
      experiment_id,
      run_name: 'first',
      start_time: 1_700_000_000_000,
    });
    const { run_id } = (created.body as unknown as { run: { info: { run_id: string } } }).run.info;
    const metric = (key: string, value: number, step: number) => ({
      key,
      value,
      step,
      timestamp: 1_700_000_001_000,
    });
    await post('runs/log-batch', {
      run_id,
      metrics: [metric('loss', 0.7, 0), metric('loss', 0.5, 1)],
      params: [{ key: 'learning_rate', value: '0.01' }],
    });
    await post('runs/log-metric', { run_id, ...metric('val_accuracy', 0.9, 1) });
    expect(
      await post('runs/update', { run_id, status: 'FINISHED', end_time: 1_700_000_060_000 }),
    ).toMatchObject({
      status: 200,
      body: { run_info: { status: 'FINISHED', end_time: 1_700_000_060_000 } },
    });
    const store = openStore(runsDir);
    const [row] = await store.rows([await store.run(run_id)]);
    expect(row).toMatchObject({
      state: 'finished',
      experiment: 'live',
      name: 'first',
      epochs: 2,
      train_loss: 0.5,
      val_accuracy: 0.9,
      learning_rate: 0.01,
      seconds: 60,
    });
    expect((await store.metricsFrom(run_id, 0)).epochs).toEqual([
      { epoch: 0, loss: 0.7 },
      { epoch: 1, loss: 0.5, val_accuracy: 0.9 },
    ]);
  });

  it('is told of what is not there as MLflow tells it', async () => {
    expect(await get('/api/2.0/mlflow/experiments/get-by-name?experiment_name=none')).toEqual({
      status: 404,
      body: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: "Could not find experiment with name 'none'" },
    });
    expect(await get('/api/3.0/mlflow/server-info')).toMatchObject({
      status: 404,
      body: { error_code: 'ENDPOINT_NOT_FOUND' },
    });
    expect((await fetch(`${base}/api/v1/runs`)).status).toBe(418);
  });

  it('is told of a body that is no JSON what to send instead', async () => {
    const { status, body } = await post('runs/log-metric', null, '{"value": NaN}');
    expect([status, body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(body['message']).toContain('is sent as the text "NaN"');
  });

  it('may send JSON as a text in JSON, as old ones do', async () => {
    const body = JSON.stringify(JSON.stringify({ name: 'double' }));
    expect(await post('experiments/create', null, body)).toMatchObject({ status: 200 });
  });
});

describe('the artifact proxy', () => {
  const proxy = '/api/2.0/mlflow-artifacts/artifacts';

  it("keeps a run's files in its folder, lists them and gives them back", async () => {
    const created = await post('runs/create', {});
    const { run_id, artifact_uri } = (created.body as unknown as { run: { info: Record<string, string> } })
      .run.info;
    expect(artifact_uri).toBe(`mlflow-artifacts:/0/${run_id}/artifacts`);
    const root = `${proxy}/0/${run_id}/artifacts`;
    // As Python's requests sends a file, and in pieces, as others do.
    const summary = await fetch(`${base}${root}/model_summary.txt`, { method: 'PUT', body: 'Dense 128' });
    expect([summary.status, await summary.json()]).toEqual([200, {}]);
    const pieces = new Blob(['a', 'b']).stream();
    await fetch(`${base}${root}/ein%20Ordner/b.bin`, {
      method: 'PUT',
      body: pieces,
      duplex: 'half',
    } as RequestInit);
    expect(await get(`/api/2.0/mlflow/artifacts/list?run_id=${run_id}`)).toEqual({
      status: 200,
      body: {
        root_uri: artifact_uri,
        files: [
          { path: 'ein Ordner', is_dir: true },
          { path: 'model_summary.txt', is_dir: false, file_size: 9 },
        ],
      },
    });
    const inside = { path: 'ein Ordner/b.bin', is_dir: false, file_size: 2 };
    expect(
      (await get(`/api/2.0/mlflow/artifacts/list?run_id=${run_id}&path=ein%20Ordner`)).body['files'],
    ).toEqual([inside]);
    // The proxy itself gives names without their folder.
    expect((await get(`${proxy}?path=0/${run_id}/artifacts/ein%20Ordner`)).body['files']).toEqual([
      { ...inside, path: 'b.bin' },
    ]);
    expect((await get(`/api/2.0/mlflow/artifacts/list?run_id=${run_id}&path=none`)).body).toEqual({
      root_uri: artifact_uri,
    });
    const got = await fetch(`${base}${root}/model_summary.txt`);
    expect(await got.text()).toBe('Dense 128');
    expect(got.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(await (await fetch(`${base}${root}/model_summary.txt`, { method: 'DELETE' })).json()).toEqual({});
    expect(await get(`${root}/model_summary.txt`)).toMatchObject({
      status: 404,
      body: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
    });
  });

  it.each([
    ['PUT', '0/x/..%2f..%2fsecret', 400],
    ['PUT', 'a%5C..%5Cb', 400],
    ['PUT', '%2fetc%2fpasswd', 400],
    ['PUT', '', 400],
    ['GET', 'none/at/all', 404],
    ['GET', '..%2frun.json', 400],
    ['POST', 'a', 404],
  ])('refuses %s %s', async (method, path, status) => {
    const body = method === 'PUT' ? 'x' : null;
    const response = await fetch(`${base}${proxy}/${path}`, { method, body });
    expect([response.status, Object.keys((await response.json()) as object)]).toEqual([
      status,
      ['error_code', 'message'],
    ]);
  });

  it('puts no file where a folder is to be', async () => {
    await fetch(`${base}${proxy}/1/models/m-1/artifacts/a`, { method: 'PUT', body: 'x' });
    const below = await fetch(`${base}${proxy}/1/models/m-1/artifacts/a/b`, { method: 'PUT', body: 'x' });
    expect(below.status).toBe(400);
    expect((await get(`${proxy}?path=1/models/m-1/artifacts`)).body['files']).toHaveLength(1);
  });
});
