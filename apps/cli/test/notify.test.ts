import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postAddress, UserError } from '@thaw/base';
import { summary } from '@thaw/sweep/testing';
import { openStore, type FileStore, type SweepWriter } from '@thaw/tracking';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notifyAddress } from '../src/notify/notify-address.ts';
import { notifying } from '../src/notify/notifying.ts';

let runsDir: string;
let store: FileStore;
let sweep: SweepWriter;
let told: string;
let server: Server;
/** What the server answers, one after the other, the last one again and again. */
let answers: number[];
let requests: { path: string; headers: IncomingMessage['headers']; body: Record<string, unknown> }[];

beforeEach(async () => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-notify-'));
  [told, answers, requests] = ['', [200], []];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((told += String(text)), true));
  store = openStore(runsDir);
  sweep = await store.createSweep({
    ...{ name: 'heads', experimentText: '', experimentFile: 'heads.yaml', method: 'grid' },
    ...{ metric: { name: 'val_accuracy', goal: 'maximize' }, parameters: {}, engine: 'onnx', workers: 1 },
    planned: 2,
  });
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += String(part)));
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      requests.push({ path: request.url!, headers: request.headers, body });
      response.writeHead(answers.length > 1 ? answers.shift()! : answers[0]!).end('ok');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  await sweep.finish('interrupted');
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  vi.restoreAllMocks();
  rmSync(runsDir, { recursive: true });
});

const port = () => (server.address() as AddressInfo).port;
const secret = 'T0/B0/very-secret';

function notified(run: () => Promise<number>, url = `http://127.0.0.1:${port()}/${secret}`) {
  const options = { address: postAddress(url), sweep: sweep.id, runsDir, sleep: () => Promise.resolve() };
  return notifying(store, { ...options, timeoutMs: 300 }, run);
}

async function finish(): Promise<number> {
  await sweep.addTrial({ number: 0, run: null, parameters: {} });
  const trial = { number: 0, parameters: {}, settings: null, provenance: null };
  const run = await store.createRun({ sweep: sweep.id, ...trial });
  await sweep.updateTrial(0, { run: run.id });
  await run.finish(summary(0.9, 0.5), null);
  await sweep.finish('finished');
  return 0;
}

describe('--notify', () => {
  it('posts state, best trial, words and the command that shows more when a sweep ends', async () => {
    expect(await notified(finish)).toBe(0);
    expect(requests).toHaveLength(1);
    const { path, headers, body } = requests[0]!;
    expect([path, headers['content-type']]).toEqual([`/${secret}`, 'application/json']);
    expect(body).toMatchObject({
      ...{ event: 'sweep_ended', sweep: sweep.id, name: 'heads', state: 'finished', planned: 2, error: null },
      trials: { finished: 1 },
      best: { trial: 0, value: 0.9, test_accuracy: 0.5 },
      command: `npx nx run sweeps show ${sweep.id} --runs-dir ${runsDir}`,
    });
    expect(body['text']).toMatch(
      /^Sweep heads has finished after [\d.]+ s: 1 of 2 trials finished\.\nBest: trial 0, val_accuracy 0\.9000, test accuracy 0\.5000 \(gap .*\)\.\nTo look at it: npx nx run sweeps show /,
    );
    expect(body['content']).toBe(body['text']);
    expect(told).toBe('');
  });

  it('posts that a sweep has failed, which still fails', async () => {
    const failing = () => Promise.reject(new UserError('the disk is full'));
    await expect(notified(failing)).rejects.toThrow('the disk is full');
    expect(requests[0]!.body).toMatchObject({ state: 'failed', error: 'the disk is full', best: null });
    expect(requests[0]!.body['text']).toMatch(
      /^Sweep heads has failed: 0 of 2 trials finished\.\nthe disk is full\n/,
    );
  });

  it('tries once more where the server fails', async () => {
    answers = [503, 200];
    await notified(finish);
    expect(requests).toHaveLength(2);
    expect(told).toBe('');
  });

  it.each([
    ['refuses it', [404], 1, 'it answered 404'],
    ['sends it elsewhere', [302], 1, 'it answered 302'],
    ['fails twice', [500], 2, 'it answered 500'],
  ])('warns where the server %s, and the sweep has finished all the same', async (_, with_, times, why) => {
    answers = with_;
    expect(await notified(finish)).toBe(0);
    expect(requests).toHaveLength(times);
    expect(told).toBe(`Nobody was notified of the end of the sweep: http://127.0.0.1:${port()}: ${why}\n`);
  });

  it('warns where nobody answers, without showing what may be secret', async () => {
    expect(await notified(finish, `http://name:word@127.0.0.1:9/${secret}?token=t`)).toBe(0);
    expect(told).toMatch(
      /^Nobody was notified .*: http:\/\/127\.0\.0\.1:9: it cannot be reached( \(\w+\))?\n$/,
    );
  });

  it('sends a name and a password of the address as a header', async () => {
    await notified(finish, `http://name:pass%20word@127.0.0.1:${port()}/x`);
    expect(requests[0]!.headers.authorization).toBe(
      `Basic ${Buffer.from('name:pass word').toString('base64')}`,
    );
  });

  it('is taken from the option, or from THAW_NOTIFY, which trials do not inherit', () => {
    const environment: NodeJS.ProcessEnv = { THAW_NOTIFY: 'https://b.example/x' };
    expect(notifyAddress('http://a.example/x', { ...environment })?.origin).toBe('http://a.example');
    expect(notifyAddress(undefined, environment)?.origin).toBe('https://b.example');
    expect(environment).toEqual({});
    expect(notifyAddress(undefined, environment)).toBeNull();
    expect(() => notifyAddress('hooks.example/very-secret', {})).toThrow(
      /^--notify: found what is no address \(not shown, as it may be secret\); allowed: http:\/\/\.\.\. or https:\/\/\.\.\.$/,
    );
  });
});
