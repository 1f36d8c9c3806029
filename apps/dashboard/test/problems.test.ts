import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError, type ErrorKind } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openApi } from '../api/openapi.ts';
import { apiBase, type ApiMethod } from '../api/operation.ts';
import { operations } from '../api/operations.ts';
import { problemOf } from '../api/problem.ts';
import { runsDirVariable } from '../store/runs-dir.ts';
import { makeModel } from './made-model.ts';
import { newRun, newSweep, summaryOf } from './made-run.ts';

const routes = join(import.meta.dirname, '../app/api/v1');
const damagedRun = '20260101-000000-damaged-000-aaaa';
const damagedSweep = '20260101-000000-damaged-aaaa';

let runsDir: string;
/** Runs and sweeps by what became of them. */
const ids: Record<string, string> = { damagedRun, damagedSweep };

beforeAll(async () => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-problems-'));
  vi.stubEnv(runsDirVariable, runsDir);
  await makeModel(runsDir);
  const store = openStore(runsDir);
  const deleted = await store.createRun(newRun());
  await deleted.interrupt();
  await store.deleteRun(deleted.id);
  ids.deleted = deleted.id;
  ids.running = (await store.createRun(newRun())).id;
  ids.badlyAnnotated = (await store.createRun(newRun())).id;
  writeFileSync(join(runsDir, 'runs', ids.badlyAnnotated, 'annotations.json'), '{"note":');
  const mislabelled = await store.createRun(newRun());
  const row = { file: 'a.png', label: 'A', predicted: 'B', probabilities: [0.25, 0.75] };
  await mislabelled.writePredictions('validation', [row]);
  await mislabelled.writePredictions('test', [row, { ...row, label: 'C' }]);
  await mislabelled.finish(summaryOf(1, 0.5), ['A', 'B']);
  ids.mislabelled = mislabelled.id;
  ids.sweep = (await store.createSweep(newSweep)).id;
  for (const [kind, id] of [
    ['run', damagedRun],
    ['sweep', damagedSweep],
  ] as const) {
    mkdirSync(join(runsDir, `${kind}s`, id), { recursive: true });
    writeFileSync(join(runsDir, `${kind}s`, id, `${kind}.json`), '{"format": 1,');
  }
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(runsDir, { recursive: true });
});

/** JSON as deep as a request may bring it, made when it is sent: the name of a test would hold all of it. */
function nested(open: string, inside: string, close: string): () => string {
  const deep = Math.floor(1_000_000 / (open.length + close.length) - 1);
  return () => open.repeat(deep) + inside + close.repeat(deep);
}

type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;

/** Asks the route of an operation as Next.js does. */
async function ask(method: ApiMethod, path: string, params: Record<string, string> = {}, body?: unknown) {
  const [template = '', query = ''] = path.split('?');
  const folder = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'path' ? `[...path]` : `[${name}]`,
  );
  const handlers = (await import(join(routes, folder, 'route.ts'))) as Record<string, Handler>;
  const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name]!));
  const request = new Request(`http://localhost${apiBase}${filled}?${query}`, {
    method: method.toUpperCase(),
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return handlers[method.toUpperCase()]!(request, { params: Promise.resolve(params) });
}

describe('a request that cannot be answered', () => {
  it.each<[ApiMethod, string, Record<string, string>, unknown, number, RegExp]>([
    ['get', '/runs/{run}', { run: 'none' }, undefined, 404, /there is no run "none"/],
    ['get', '/runs/{run}', { run: 'deleted' }, undefined, 410, /was deleted/],
    ['get', '/runs/{run}', { run: 'damagedRun' }, undefined, 500, /is damaged: run\.json is not JSON/],
    [
      'get',
      '/runs/{run}/predictions?part=test',
      { run: 'mislabelled' },
      undefined,
      500,
      /test\.jsonl, line 2: C, taken for B; the run's classes are A, B/,
    ],
    ['delete', '/runs/{run}', { run: 'running' }, undefined, 409, /is still running/],
    ['delete', '/runs/{run}', { run: 'none' }, undefined, 404, /there is no run/],
    ['delete', '/runs/{run}', { run: 'deleted' }, undefined, 410, /was deleted/],
    ['delete', '/runs/{run}', { run: 'damagedRun' }, undefined, 500, /is damaged/],
    ['post', '/runs/{run}/restore', { run: 'running' }, undefined, 404, /there is no deleted run/],
    ['patch', '/runs/{run}/annotations', { run: 'none' }, { note: 'x' }, 404, /there is no run/],
    [
      'patch',
      '/runs/{run}/annotations',
      { run: 'running' },
      { tags: 'x' },
      400,
      /the body is not as documented/,
    ],
    ['patch', '/runs/{run}/annotations', { run: 'running' }, '{', 400, /the body is not JSON/],
    ['patch', '/runs/{run}/annotations', { run: 'deleted' }, { note: 'x' }, 410, /was deleted/],
    [
      'patch',
      '/runs/{run}/annotations',
      { run: 'running' },
      nested('{"note":', 'null', '}'),
      400,
      /as documented/,
    ],
    ['patch', '/runs/{run}/annotations', { run: 'running' }, nested('[', '', ']'), 400, /as documented/],
    ['patch', '/runs', {}, nested('{"runs":', '[]', '}'), 400, /as documented/],
    [
      'patch',
      '/runs/{run}/annotations',
      { run: 'running' },
      { note: 'x', note_was: 'seen' },
      409,
      /the note has changed since it was read/,
    ],
    [
      'patch',
      '/runs/{run}/annotations',
      { run: 'badlyAnnotated' },
      { add_tags: ['x'] },
      500,
      /annotations\.json cannot be read; nothing was changed/,
    ],
    ['patch', '/runs', {}, { runs: [] }, 400, /as documented/],
    ['patch', '/runs', {}, { runs: ['a'], note: 'x' }, 400, /as documented/],
    ['get', '/runs/{run}/results', { run: 'none' }, undefined, 404, /there is no run/],
    ['get', '/runs/{run}/predictions?part=test', { run: 'running' }, undefined, 404, /has no predictions/],
    ['get', '/runs/{run}/predictions?part=tset', { run: 'running' }, undefined, 400, /the query is not as/],
    ['get', '/runs/{run}/files', { run: 'none' }, undefined, 404, /there is no run/],
    [
      'get',
      '/runs/{run}/files/{path}',
      { run: 'running', path: 'no.txt' },
      undefined,
      404,
      /has no file no\.txt/,
    ],
    ['get', '/runs/{run}/images/{path}', { run: 'running', path: 'no.png' }, undefined, 404, /is no image/],
    ['get', '/runs/{run}/epochs', { run: 'deleted' }, undefined, 410, /was deleted/],
    ['get', '/sweeps/{sweep}', { sweep: 'none' }, undefined, 404, /there is no sweep none/],
    ['get', '/sweeps/{sweep}', { sweep: 'damagedSweep' }, undefined, 500, /is damaged/],
    ['get', '/sweeps/{sweep}/trials', { sweep: 'none' }, undefined, 404, /there is no sweep/],
    ['get', '/sweeps/{sweep}/importance', { sweep: 'damagedSweep' }, undefined, 500, /is damaged/],
    ['get', '/models/{model}/card', { model: 'cels' }, undefined, 404, /did you mean cells/],
    [
      'get',
      '/models/{model}/card',
      { model: 'Cells!' },
      undefined,
      400,
      /a model's name: found|allowed: a model/,
    ],
    ['get', '/models/{model}/card', { model: 'cells:9' }, undefined, 404, /has no version 9/],
    ['get', '/models/{model}/card', { model: 'cells@best' }, undefined, 404, /has no alias best/],
    ['get', '/models/{model}/files', { model: 'cels' }, undefined, 404, /there is no model/],
    ['get', '/models/{model}/files/{file}', { model: 'cells', file: 'x' }, undefined, 404, /has no file x/],
    ['get', '/models/{model}/archive', { model: 'cels' }, undefined, 404, /there is no model/],
    [
      'post',
      '/models/{model}/aliases',
      { model: 'cells' },
      { alias: 'Best!', version: 1 },
      400,
      /an alias: found/,
    ],
    [
      'post',
      '/models/{model}/aliases',
      { model: 'cells' },
      { alias: 'latest', version: 1 },
      400,
      /an alias: found/,
    ],
    [
      'post',
      '/models/{model}/aliases',
      { model: 'cells' },
      { alias: 'best', version: 9 },
      404,
      /no version 9/,
    ],
    [
      'post',
      '/models/{model}/aliases',
      { model: 'cells' },
      { alias: 'best', version: null },
      409,
      /rolled back/,
    ],
    ['post', '/models/{model}/aliases', { model: 'cells' }, { alias: 'best' }, 400, /version/],
    [
      'delete',
      '/models/{model}/aliases/{alias}',
      { model: 'cells', alias: 'best' },
      undefined,
      404,
      /no alias/,
    ],
  ])('%s %s of %j with %j is answered by a problem', async (method, path, params, body, status, detail) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const filled = Object.fromEntries(Object.entries(params).map(([name, key]) => [name, ids[key] ?? key]));
    const response = await ask(
      method,
      path,
      filled,
      typeof body === 'function' ? (body as () => string)() : body,
    );
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as { title: string; status: number; detail: string };
    expect([response.status, problem.status]).toEqual([status, status]);
    expect(problem.detail).toMatch(detail);
    expect(problem.title).not.toBe('Error');
    // What the user can mend is no defect of the server.
    expect(logged).not.toHaveBeenCalled();
    const { path: documented } = operations.find((each) => each.path === path.split('?')[0])!;
    const responses = openApi().paths![documented]![method]!.responses as object;
    expect(Object.keys(responses)).toContain(String(status));
  });

  it('keeps nothing from what is asked of many runs at once', async () => {
    const store = openStore(runsDir);
    const ended = await Promise.all([1, 2, 3].map(() => store.createRun(newRun())));
    for (const run of ended) await run.interrupt();
    const [a, b, c] = ended.map(({ id }) => id) as [string, string, string];
    const change = async (body: object) => (await ask('patch', '/runs', {}, body)).json();
    expect(
      await change({ runs: [a, 'none', b, ids.badlyAnnotated, a], add_tags: ['paper'], archived: true }),
    ).toEqual({
      changed: [a, b],
      refused: [
        { run: 'none', detail: expect.stringContaining('there is no run') as string },
        { run: ids.badlyAnnotated, detail: expect.stringContaining('cannot be read') as string },
      ],
    });
    expect(await store.annotations(b)).toEqual({ note: '', tags: ['paper'], archived: true });
    expect(await change({ runs: [a, ids.running, c], deleted: true })).toMatchObject({
      changed: [a, c],
      refused: [{ run: ids.running }],
    });
    expect(await change({ runs: [a, c], deleted: false })).toEqual({ changed: [a, c], refused: [] });
    expect((await store.annotations(a)).tags).toEqual(['paper']);
  });

  it.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['not-found', 404],
    ['conflict', 409],
    ['deleted', 410],
    ['damaged', 500],
    ['unavailable', 503],
    ['full-disk', 507],
  ])('for a reason that is %s has the status %i', (kind, status) => {
    expect(problemOf(new UserError('why', { kind }))).toMatchObject({ status, detail: 'why' });
  });

  it('says that the disk is full whoever noticed it, and hides what is a defect', () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(problemOf(full).status).toBe(507);
    expect(logged).not.toHaveBeenCalled();
    expect(problemOf(new TypeError('x is undefined'))).toMatchObject({
      status: 500,
      detail: expect.not.stringContaining('undefined') as string,
    });
    expect(logged).toHaveBeenCalledOnce();
  });
});
