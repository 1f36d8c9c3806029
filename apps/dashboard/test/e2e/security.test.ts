import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { openStore } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { madeSettings, newRun, summaryOf } from '../made-run.ts';
import { startDashboard } from './dashboard-process.ts';
import { describeInBrowser } from './in-browser.ts';

const script = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>';
let run: string;

/** One run whose every name is a script or leads elsewhere. */
async function hostileStore(runsDir: string): Promise<void> {
  const images = join(runsDir, 'images');
  await mkdir(join(images, 'TEST', '50% off'), { recursive: true });
  const named = `TEST/50% off/${script.replaceAll('/', '')}.png`;
  await writeFile(join(images, named), 'pixels');
  await writeFile(join(runsDir, 'secret.png'), 'classified');
  await symlink(join(runsDir, 'secret.png'), join(images, 'TEST', 'link.png'));
  const store = openStore(runsDir);
  const writer = await store.createRun(
    newRun({
      name: script,
      parameters: { 'model.scenario': script },
      settings: madeSettings({ dataset: { path: images } }),
    }),
  );
  const row = (file: string) => ({ file, label: script, predicted: 'B', probabilities: [0.1, 0.9] });
  const files = [named, 'TEST/link.png', '../secret.png', '../../../../../etc/passwd', 'TEST/notes.txt'];
  await writer.writePredictions('test', files.map(row));
  await writer.writePredictions('validation', [row(named)]);
  writer.log(script);
  await symlink('/etc/passwd', join(writer.folder, 'passwd'));
  await writer.finish(summaryOf(0.9, 0.5), [script, 'B']);
  await store.annotate(writer.id, { note: script, tags: [script.slice(0, 60)] });
  run = writer.id;
}

interface Answer {
  status: number;
  body: string;
}

describeInBrowser('against those who mean harm', hostileStore, (dashboard) => {
  /** Asks with the path as it is written: fetch would tidy it. */
  function ask(path: string, options: { method?: string; headers?: object; body?: string | Buffer } = {}) {
    const { hostname, port } = new URL(dashboard().url);
    return new Promise<Answer>((done, fail) => {
      const { method = 'GET', headers = {}, body } = options;
      const sent = request({ hostname, port, path, method, headers: { ...headers } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => done({ status: response.statusCode!, body: text }));
      });
      sent.on('error', fail);
      sent.end(body);
    });
  }

  const annotate = (body: string | Buffer, headers: object = {}) =>
    ask(`/api/v1/runs/${run}/annotations`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      body,
    });

  it('scripts in the names of runs, classes, files, tags, notes and settings are text on every page', async () => {
    const { go, openPage } = dashboard();
    const { page, errors } = await openPage();
    for (const path of [
      '/runs',
      `/runs/${run}`,
      `/compare?run=${run}&run=latest`,
      `/runs/${encodeURIComponent(script)}`,
    ]) {
      await go(page, path);
      // A script would run at the latest when its image cannot be read; lazy ones are our own.
      await page.waitForFunction(() =>
        [...document.images].every(({ complete, loading }) => complete || loading === 'lazy'),
      );
      // Links and files that lead elsewhere are not served; apart from that, nothing breaks.
      expect(errors.filter((error) => !error.includes('404 (Not Found)'))).toEqual([]);
      expect([path, await page.evaluate(() => (window as { broken?: number }).broken)]).toEqual([
        path,
        undefined,
      ]);
    }
    await go(page, `/runs/${run}`);
    await page.getByText(script).first().waitFor();
  });

  it('images come from the data set of the run that names them, and from nowhere else', async () => {
    const image = (path: string) => ask(`/api/v1/runs/${run}/images/${path}`);
    const named = `TEST/50%25%20off/${encodeURIComponent(script.replaceAll('/', ''))}.png`;
    expect(await image(named)).toEqual({ status: 200, body: 'pixels' });
    for (const path of [
      'TEST/link.png',
      '../secret.png',
      '..%2fsecret.png',
      '%2e%2e/secret.png',
      '%2e%2e%2fsecret.png',
      '..%5csecret.png',
      '../../../../../etc/passwd',
      '..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
      '%2fetc%2fpasswd',
      'TEST/notes.txt',
      '%ff',
      '%',
      '%00',
      'TEST/50%25%20off/%00.png',
      '',
      'x'.repeat(10_000),
    ]) {
      const { status, body } = await image(path);
      expect([
        path,
        status === 200 || status >= 500,
        body.includes('classified') || body.includes('root:'),
      ]).toEqual([path, false, false]);
    }
  });

  it("files come from the run's folder, and links do not lead out of it", async () => {
    const file = (path: string) => ask(`/api/v1/runs/${run}/files/${path}`);
    expect((await file('run.json')).status).toBe(200);
    for (const path of [
      'passwd',
      '../../../secret.png',
      '..%2f..%2f..%2fsecret.png',
      '%2fetc%2fpasswd',
      '',
      '%ff',
      '.',
    ]) {
      const { status, body } = await file(path);
      expect([path, status === 200 || status >= 500, body.includes('root:')]).toEqual([path, false, false]);
    }
  });

  it('runs and sweeps are asked for by id, and no name is a path', async () => {
    for (const id of ['..', '%2e%2e', '..%2f..%2fsecret', '%2fetc', '.deleted', '%ff', '']) {
      for (const path of [
        `/api/v1/runs/${id}/epochs`,
        `/api/v1/sweeps/${id}/trials`,
        `/api/v1/runs/${id}/files`,
      ]) {
        const { status } = await ask(path);
        expect([path, status >= 300 && status < 500]).toEqual([path, true]);
      }
    }
    const restore = await ask('/api/v1/runs/..%2f..%2fimages/restore', { method: 'POST' });
    expect(restore.status).toBe(404);
  });

  it('pages of other origins change nothing', async () => {
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await annotate('{"note":"pwned"}', headers)).status).toBe(403);
      const { status } = await ask(`/api/v1/runs/${run}`, { method: 'DELETE', headers });
      expect(status).toBe(403);
    }
    const rebound = await ask('/api/v1/runs', { headers: { host: 'evil.example:3000' } });
    expect(rebound.status).toBe(403);
    const { browser, url } = dashboard();
    const page = await browser.newPage();
    await page.setContent(
      `<form method="post" action="${url}/api/v1/runs/${run}/restore" enctype="text/plain"></form>`,
    );
    await page.evaluate(() => document.forms[0]!.submit());
    await page.waitForURL(/restore/);
    await page.getByText('pages of other origins may not change anything here').waitFor();
    await page.close();
  });

  it('bodies that are too large, of no known length, malformed or of other types are refused, and the server goes on', async () => {
    const large = JSON.stringify({ note: 'x'.repeat(1_100_000) });
    expect((await annotate(large)).status).toBe(413);
    expect((await annotate('{"note":"x"}', { 'content-type': 'text/plain' })).status).toBe(415);
    for (const body of [
      '',
      '{',
      '[]',
      'null',
      '{"note": 1}',
      '{"unknown": 1}',
      '{"tags": [["x"]]}',
      '\u0000',
      '['.repeat(100_000),
    ]) {
      const { status } = await annotate(body);
      expect([body.slice(0, 20), status]).toEqual([body.slice(0, 20), 400]);
    }
    for (const body of [
      `{"note": "${'x'.repeat(10_001)}"}`,
      `{"tags": ["${'x'.repeat(61)}"]}`,
      '{"__proto__": {"note": "x"}}',
    ]) {
      expect([400, 200]).toContain((await annotate(body)).status);
    }
    expect(await chunked(2_000_000)).toMatch(/^HTTP\/1\.1 411 /);
    const store = openStore(dashboard().runsDir);
    expect((await store.annotations(run)).note).toBe(script);
    expect((await ask('/api/v1/runs')).status).toBe(200);
  });

  it('requests that are none do not end the server', async () => {
    for (const text of [
      'GET // HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'GET /%ff HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'PATCH /api/v1/runs/x/annotations HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n',
      'PATCH /api/v1/runs/x/annotations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${'x'.repeat(100_000)}\r\n\r\n`,
      'rubbish\r\n\r\n',
    ]) {
      expect(await raw(text)).not.toMatch(/^HTTP\/1\.1 (5|2)/);
    }
    expect((await ask('/api/v1/runs')).status).toBe(200);
  });

  it('with a token: pages take it into a cookie, and nothing is answered without it', async () => {
    const { runsDir, browser } = dashboard();
    const shared = await startDashboard(runsDir, ['--host', '0.0.0.0']);
    try {
      // What is printed is an address that this machine's browser can open.
      const asked = new URL(shared.url);
      const { origin } = asked;
      for (const path of ['/', '/runs', '/api/v1/runs', '/_next/static/x.js', '//', '/?token=wrong']) {
        const { status } = await fetch(origin + path, { redirect: 'manual' });
        expect([path, status === 401 || status === 400]).toEqual([path, true]);
      }
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${origin}/runs?where=state+%3D+finished&token=${asked.searchParams.get('token')!}`);
      await page.getByText('1 of 1 runs').waitFor();
      expect(page.url()).toBe(`${origin}/runs?where=state+%3D+finished`);
      await page.reload();
      await page.getByText('1 of 1 runs').waitFor();
      expect(await page.evaluate(() => document.cookie)).toBe('');
      await context.close();
      const bearer = { authorization: `Bearer ${asked.searchParams.get('token')!}` };
      expect((await fetch(`${origin}/api/v1/runs`, { headers: bearer })).status).toBe(200);
    } finally {
      await shared.stop();
    }
  });

  /** The answer to what is written to the server's port as it is. */
  function raw(text: string): Promise<string> {
    const { hostname, port } = new URL(dashboard().url);
    return new Promise((done) => {
      const socket = connect(Number(port), hostname, () => socket.end(text));
      let answer = '';
      socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
      socket.on('close', () => done(answer)).on('error', () => done(answer));
    });
  }

  function chunked(bytes: number): Promise<string> {
    const head = [
      `PATCH /api/v1/runs/${run}/annotations HTTP/1.1`,
      'Host: localhost',
      'Content-Type: application/json',
    ];
    return raw(
      `${[...head, 'Transfer-Encoding: chunked'].join('\r\n')}\r\n\r\n${bytes.toString(16)}\r\n${'x'.repeat(bytes)}\r\n0\r\n\r\n`,
    );
  }
});
