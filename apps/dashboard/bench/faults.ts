/**
 * Measures what the dashboard bears: 32 clients that predict for a minute while the server is killed and started again, 40 uploads
 * that take half of that time, and more than 200 requests that nobody should send.
 *
 *   npx tsx apps/dashboard/bench/faults.ts [SECONDS]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '@thaw/tracking';
import sharp from 'sharp';
import { startDashboard, type DashboardProcess } from '../test/e2e/dashboard-process.ts';
import { hostileRequests } from '../test/hostile/hostile-requests.ts';
import { sendRaw } from '../test/hostile/send-raw.ts';
import { makeModel } from '../test/made-model.ts';
import { newRun, summaryOf } from '../test/made-run.ts';
import { memoryOf, say } from './figures.ts';

const seconds = Number(process.argv[2] ?? 60);
const clients = 32;
const slowUploads = 40;
const pieces = 20;

const runsDir = mkdtempSync(join(tmpdir(), 'thaw-faults-'));
const [small, large] = await Promise.all([pictureOf(320, 240), pictureOf(1200, 900)]);
let server: DashboardProcess;
let most = 0;
try {
  await makeModel(runsDir);
  const run = await openStore(runsDir).createRun(newRun());
  await run.finish(summaryOf(0.9, 0.8), ['A', 'B']);
  server = await startDashboard(runsDir);
  const watch = setInterval(noteMemory, 250);
  const end = performance.now() + 1000 * seconds;
  const predicting = Array.from({ length: clients }, () => predictUntil(end));
  const tagging = tagUntil(run.id, end);
  await wait((1000 * seconds) / 4);
  await killAndRestart();
  // None of these could survive a killed server, so they come after it.
  const slow = Array.from({ length: slowUploads }, () => uploadSlowly((500 * seconds) / pieces));
  const refused = await sendHostile(run.id);
  const [answers, tags, uploads] = await Promise.all([Promise.all(predicting), tagging, Promise.all(slow)]);
  clearInterval(watch);

  const all = answers.flatMap(({ bodies }) => [...bodies]);
  say('predictions answered', String(answers.reduce((sum, { answered }) => sum + answered, 0)));
  say(
    'of these lost, or unlike others',
    `${answers.filter(({ isLost }) => isLost).length}, ${new Set(all).size - 1}`,
    'none',
  );
  const kept = new Set((await openStore(runsDir).annotations(run.id)).tags);
  say(
    'changes answered with success, of these lost',
    `${tags.length}, ${tags.filter((tag) => !kept.has(tag)).length}`,
    'none',
  );
  say(
    'slow uploads answered',
    `${uploads.filter((status) => status === 200).length} of ${slowUploads}`,
    'all',
  );
  say('hostile requests, of these answered with 5xx', `${refused.sent}, ${refused.broken.length}`, 'none');
  for (const each of refused.broken) say('', each);
  say('memory of the server at most', `${most.toFixed(0)} MB`, 'at most 600 MB');
} finally {
  await server!.stop();
  rmSync(runsDir, { recursive: true });
}

async function killAndRestart(): Promise<void> {
  noteMemory();
  process.kill(server.pid, 'SIGKILL');
  server = await startDashboard(runsDir);
}

function noteMemory(): void {
  try {
    most = Math.max(most, memoryOf(server.pid).most);
  } catch {
    // Killed, and not started again yet.
  }
}

/** Asks again for what was not answered, as clients do. */
async function predictUntil(
  end: number,
): Promise<{ answered: number; bodies: Set<string>; isLost: boolean }> {
  const bodies = new Set<string>();
  let answered = 0;
  while (performance.now() < end) {
    const body = await persistently(() => predict(small), end + 10_000);
    if (body === null) return { answered, bodies, isLost: true };
    bodies.add(body);
    answered++;
  }
  return { answered, bodies, isLost: false };
}

async function persistently<T>(ask: () => Promise<T>, end: number): Promise<T | null> {
  while (performance.now() < end) {
    try {
      return await ask();
    } catch {
      await wait(100);
    }
  }
  return null;
}

/** Rejects where there is no answer, or one that asks to come again. */
async function predict(image: Buffer): Promise<string> {
  const form = new FormData();
  form.append('image', new Blob([new Uint8Array(image)]), 'image.jpeg');
  const response = await fetch(`${server.url}/api/v1/models/cells/predict`, { method: 'POST', body: form });
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  return body;
}

/** Tags that were answered with success. */
async function tagUntil(run: string, end: number): Promise<string[]> {
  const tags: string[] = [];
  for (let number = 0; performance.now() < end && tags.length < 40; number++) {
    const response = await fetch(`${server.url}/api/v1/runs/${run}/annotations`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ add_tags: [`tag ${number}`] }),
    }).catch(() => null);
    if (response?.ok) tags.push(`tag ${number}`);
    await wait((1000 * seconds) / 50);
  }
  return tags;
}

/** The status of the answer to an image that comes in pieces. */
async function uploadSlowly(pauseMs: number): Promise<number> {
  const { hostname, port } = new URL(server.url);
  const body = Buffer.from(JSON.stringify({ instances: [{ b64: large.toString('base64') }] }));
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const path = '/api/v1/models/cells/predict';
  const asked = request({ hostname, port, path, method: 'POST', headers });
  const status = new Promise<number>((done) => {
    asked.on('response', (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode!));
    });
    asked.on('error', () => done(0));
  });
  const length = Math.ceil(body.length / pieces);
  for (let i = 0; i < pieces; i++) {
    asked.write(body.subarray(i * length, (i + 1) * length));
    await wait(pauseMs);
  }
  asked.end();
  return status;
}

async function sendHostile(run: string): Promise<{ sent: number; broken: string[] }> {
  const requests = hostileRequests({ run, model: 'cells' });
  const broken: string[] = [];
  for (const each of requests) {
    const status = await sendRaw(server.url, each).catch((error: Error) => error.message);
    // 503 asks to come again.
    if (typeof status === 'string' || (status >= 500 && status !== 503)) {
      broken.push(`${status} ${each.method} ${each.path.slice(0, 80)} ${String(each.body).slice(0, 60)}`);
    }
  }
  return { sent: requests.length, broken };
}

/** Noise, which hardly compresses. */
function pictureOf(width: number, height: number): Promise<Buffer> {
  const pixels = Buffer.from(
    Array.from({ length: width * height * 3 }, (_, i) => (i * 2_654_435_761) >>> 24),
  );
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}
