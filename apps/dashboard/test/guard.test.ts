import { describe, expect, it } from 'vitest';
import { refusal, withoutToken } from '../server/guard.ts';

const json = { 'content-type': 'application/json', 'content-length': '2' };

describe('a server for this machine alone', () => {
  const ask = (method: string, headers: Record<string, string>) =>
    refusal({ method, url: '/', headers }, null)?.status ?? null;

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:8080', 'localhost'])('answers as %s', (host) => {
    expect(ask('GET', { host })).toBe(null);
  });

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:3000', ''])(
    'does not answer as "%s"',
    (host) => {
      expect(ask('GET', { host })).toBe(403);
    },
  );

  it.each([
    ['its own pages', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }, null],
    ['a program', {}, null],
    ['another origin', { origin: 'http://evil.example' }, 403],
    ['another port of this machine', { origin: 'http://localhost:8080' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['another site without an origin', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('takes writes from %s: %o -> %s', (_, headers, expected) => {
    expect(ask('PATCH', { host: 'localhost:3000', ...json, ...headers })).toBe(expected);
  });

  it.each(['TRACE', 'PROPFIND', 'LOCK'])('does not answer %s', (method) => {
    expect(ask(method, { host: 'localhost:3000' })).toBe(405);
  });

  it('takes only JSON, and only so much', () => {
    const host = 'localhost:3000';
    expect(ask('POST', { host, 'content-type': 'text/plain', 'content-length': '2' })).toBe(415);
    expect(ask('POST', { host, ...json, 'transfer-encoding': 'chunked' })).toBe(411);
    expect(ask('POST', { host, ...json, 'content-length': '1000001' })).toBe(413);
  });

  it.each([
    ['a batch of metrics', '/api/2.0/mlflow/runs/log-batch', { ...json, 'content-length': '1000001' }, null],
    ['too long a batch', '/api/2.0/mlflow/runs/log-batch', { ...json, 'content-length': '64000001' }, 413],
    [
      'a form',
      '/api/2.0/mlflow/runs/log-batch',
      { 'content-type': 'text/plain', 'content-length': '2' },
      415,
    ],
    ['an artifact', '/api/2.0/mlflow-artifacts/artifacts/0/a', { 'transfer-encoding': 'chunked' }, null],
    [
      "another origin's artifact",
      '/api/2.0/mlflow-artifacts/artifacts/0/a',
      { origin: 'http://evil.example' },
      403,
    ],
  ])('takes from clients of MLflow %s', (_, url, headers, expected) => {
    const refused = refusal({ method: 'POST', url, headers: { host: 'localhost:3000', ...headers } }, null);
    expect(refused?.status ?? null).toBe(expected);
  });
});

describe('a server for others', () => {
  const token = 'a-token-that-nobody-guesses';
  const ask = (url: string, headers: Record<string, string>) =>
    refusal({ method: 'GET', url, headers: { host: 'lab.example', ...headers } }, token)?.status ?? null;

  it.each([
    ['no token', '/', {}, 401],
    ['a wrong one', '/?token=wrong', {}, 401],
    ['it in the address', `/?token=${token}`, {}, null],
    ['it as a bearer', '/', { authorization: `Bearer ${token}` }, null],
    ['it in the cookie', '/', { cookie: `a=b; thaw_token=${token}` }, null],
    ['it in another cookie', '/', { cookie: `not_thaw_token=${token}` }, 401],
  ])('with %s', (_, url, headers, expected) => {
    expect(ask(url, headers)).toBe(expected);
  });

  it.each([
    ['GET', '/?token=t', '/'],
    ['GET', '/runs?where=a+%3D+1&token=t&sort=b', '/runs?where=a+%3D+1&sort=b'],
    ['GET', '/.//evil.example/?token=t', '/evil.example/'],
    ['GET', '/runs', null],
    ['GET', '/api/v1/runs?token=t', null],
    ['POST', '/?token=t', null],
  ])('%s %s goes on to %s', (method, url, expected) => {
    expect(withoutToken({ method, url, headers: {} })).toBe(expected);
  });

  it.each(['//', 'http://[', '/%ff', '/%', '/a%00'])('does not read the address %s', (url) => {
    expect(ask(url, { authorization: `Bearer ${token}` })).toBe(400);
  });
});
