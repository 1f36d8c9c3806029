import { apiBase, type Operation } from '../../api/operation.ts';
import { operations } from '../../api/operations.ts';
import { hostileMlflow } from './hostile-mlflow.ts';
import type { HostileRequest } from './hostile-request.ts';
import { hostileBodies, hostileNames } from './hostile-values.ts';

/** What is there to be asked for. */
export interface Targets {
  /** A run that is finished. */
  readonly run: string;
  readonly model: string;
}

const json = { 'content-type': 'application/json' };

/** More than two hundred, each of another kind, in an order that is always the same. Nothing that they ask for begins long work or deletes the targets. */
export function hostileRequests(targets: Targets): HostileRequest[] {
  return [
    ...operations.flatMap((operation, i) => ofNames(operation, i)),
    ...hostileBodies.map((body) => patch(`/runs/${targets.run}/annotations`, body)),
    ...hostileBodies.map((body) => patch('/runs', body)),
    ...hostileBodies.map((body) => post(`/models/${targets.model}/aliases`, body)),
    ...hostileBodies.map((body) => post(`/models/${targets.model}/predict`, body)),
    ...hostileBodies.map((body) => post('/runs/none/gap', body)),
    ...hostileBodies.map((body) => post('/advice', body)),
    ...hostileBodies.map((body) => post('/views', body)),
    ...queries(targets),
    ...methods(targets),
    ...types(targets),
    ...hostileMlflow(targets.run),
  ];
}

/** Each operation is asked for other names than the one before it. */
function ofNames({ method, path, body }: Operation, number: number): HostileRequest[] {
  const parameters = path.match(/\{\w+\}/g) ?? [];
  if (parameters.length === 0) return [];
  return [0, 1, 2].map((turn) => ({
    method: method.toUpperCase(),
    path: `${apiBase}${path.replace(/\{\w+\}/g, () => hostileNames[(3 * number + turn) % hostileNames.length]!)}`,
    ...(body && { headers: json, body: '{}' }),
  }));
}

function patch(path: string, body: string | Buffer): HostileRequest {
  return { method: 'PATCH', path: `${apiBase}${path}`, headers: json, body };
}

function post(path: string, body: string | Buffer): HostileRequest {
  return { method: 'POST', path: `${apiBase}${path}`, headers: json, body };
}

const hostileQueries = [
  'since=NaN',
  'since=.1e999',
  'since=a&since=b',
  'part=test&limit=1e308',
  'part=test&limit=-1',
  'part=__proto__&limit=0x10',
  'part[]=test',
  'cursor=-1',
  'cursor=9007199254740993&after=Infinity',
  'after=%F0%9F%98%80',
  'index=1e999&index=-0',
  'of=%5B%5D&sheet=NaN',
  `run=${'a'.repeat(4000)}`,
  'run=..%2F..%2Fetc%2Fpasswd&run=..%2F..%2Fetc%2Fpasswd',
  'run=%E0%A4%A',
  '%00=%00',
  '&&&===',
];

function queries({ run, model }: Targets): HostileRequest[] {
  const paths = [
    ...[`/runs`, `/runs/${run}/predictions`, `/runs/${run}/epochs`, `/runs/${run}/sprites/1`],
    ...[`/models/${model}/neighbours`, '/comparison', '/comparison/runs', '/comparison/code'],
  ];
  return hostileQueries.map((query, i) => ({
    method: 'GET',
    path: `${apiBase}${paths[i % paths.length]!}?${query}`,
  }));
}

function methods({ run, model }: Targets): HostileRequest[] {
  const paths = [
    '/',
    '/runs',
    `${apiBase}/runs/${run}`,
    `${apiBase}/models/${model}/predict`,
    '/api/2.0/mlflow/runs/get',
  ];
  return ['PUT', 'OPTIONS', 'TRACE', 'PROPFIND', 'DELETE', 'HEAD', 'POST'].flatMap((method) =>
    // Nothing deletes the run that others are asked about.
    paths.flatMap((path) => (method === 'DELETE' && path.endsWith(run) ? [] : [{ method, path }])),
  );
}

function types({ run, model }: Targets): HostileRequest[] {
  const note = `${apiBase}/runs/${run}/annotations`;
  const predict = `${apiBase}/models/${model}/predict`;
  const boundary = 'multipart/form-data; boundary=x';
  const as = (method: string, path: string, type: string, body: string | Buffer): HostileRequest => ({
    ...{ method, path, body },
    headers: { 'content-type': type },
  });
  return [
    as('PATCH', note, 'text/plain', '{"note":"x"}'),
    as('PATCH', note, 'application/json; charset=utf-32', '{"note":"x"}'),
    as('PATCH', note, 'application/x-www-form-urlencoded', 'note=x'),
    as('PATCH', note, 'application/jsonp', '{}'),
    as('POST', predict, 'multipart/form-data', 'x'),
    as('POST', predict, boundary, ''),
    as('POST', predict, boundary, '--x\r\n\r\n--x--'),
    as(
      'POST',
      predict,
      boundary,
      '--x\r\ncontent-disposition: form-data; name="image"\r\n\r\nno file\r\n--x--\r\n',
    ),
    as(
      'POST',
      predict,
      boundary,
      '--x\r\ncontent-disposition: form-data; name="image"; filename="../../a.png"\r\n\r\nno image\r\n--x--\r\n',
    ),
    as(
      'POST',
      predict,
      boundary,
      `--x\r\ncontent-disposition: form-data; name="image"; filename="${'a'.repeat(5000)}"\r\n\r\n\r\n--x--\r\n`,
    ),
    as('POST', predict, 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff])),
    as('POST', predict, '\u00e9', 'x'),
    as('POST', '/', 'application/json', '{}'),
    {
      method: 'GET',
      path: note,
      headers: { authorization: 'Bearer ' + 'a'.repeat(4000), cookie: 'thaw_token=%' },
    },
    {
      method: 'GET',
      path: note,
      headers: { 'accept-encoding': 'br;q=x', range: 'bytes=9-1', 'if-none-match': '*' },
    },
    { method: 'GET', path: '/_next/image?url=%2F..%2F..%2Fetc%2Fpasswd&w=1e9&q=-1' },
    { method: 'GET', path: '/_next/static/..%2f..%2f..%2fpackage.json' },
    { method: 'GET', path: '/_next/data/x/runs.json' },
    ...[
      '/runs/%25',
      '/runs/..%2f..',
      '/sweeps/%2500',
      '/models/%25/%25',
      '/compare?run=%00',
      '/%2e%2e/%2e%2e/etc/passwd',
    ].map((path) => ({
      method: 'GET',
      path,
    })),
    ...['//', '/%', '/%E0%A4%A', '/runs?where=(((((((((', `/${'a/'.repeat(2000)}`].map((path) => ({
      method: 'GET',
      path,
    })),
  ];
}
