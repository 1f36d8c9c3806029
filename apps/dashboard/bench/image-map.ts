/**
 * How soon the map of a run's images can be used, how smoothly it moves and what memory its page takes, beside a plain page that draws as many points
 * with WebGL.
 *
 *   npx tsx apps/dashboard/bench/image-map.ts --runs-dir runs --run RUN
 *
 * `fromFeatures` is counted from the end of the job's features to the first frame of the map; for it the features must be kept
 * and the layouts not (they are removed first). Needs a Chromium, as the tests do.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { findChromium } from '../test/e2e/find-browser.ts';
import { startDashboard } from '../test/e2e/dashboard-process.ts';
import { median } from '@thaw/base/browser';

const { values } = parseArgs({
  options: {
    // Measures again without drawing the map again.
    kept: { type: 'boolean', default: false },
    'runs-dir': { type: 'string', default: 'runs' },
    run: { type: 'string', default: 'latest' },
  },
});
const seconds = 4;

const server = await startDashboard(values['runs-dir']);
const browser = await chromium.launch({ executablePath: (await findChromium())!, args: ['--no-sandbox'] });
try {
  const runs = `${server.url}/api/v1/runs/${values.run}`;
  if (!values.kept) await rm(join(values['runs-dir'], 'cache', 'maps'), { recursive: true, force: true });
  const page = await newPage(browser);
  await page.goto(`${server.url}/runs/${values.run}/images`);
  const fromFeatures = values.kept ? null : await firstDrawing(page, runs);
  // UMAP takes a core for itself meanwhile.
  await waitForUmap(runs);
  const opened = await openAgain(page);
  const session = await browser.newBrowserCDPSession();
  const before = await memory(session, page);
  const moving = await framesWhileMoving(page);
  const near = await framesWhileNear(page);
  const after = await memory(session, page);
  const plain = await plainPoints(browser);
  const { files } = (await (await fetch(`${runs}/images`)).json()) as { files: string[] };
  console.log(
    JSON.stringify(
      { images: files.length, fromFeatures, opened, moving, near, plain, memory: { before, after } },
      null,
      2,
    ),
  );
} finally {
  await browser.close();
  await server.stop();
}

async function newPage(on: Browser): Promise<Page> {
  const page = await on.newPage({ viewport: { width: 1280, height: 900 } });
  // What tsx calls to name functions, which pages do not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  return page;
}

/** Seconds from the end of the features to a map that answers. */
async function firstDrawing(page: Page, run: string): Promise<number> {
  await page.getByRole('button', { name: 'Draw the map' }).click();
  let end = 0;
  while (end === 0) {
    const { job, layouts } = await mapOf(run);
    if (job?.state === 'failed') throw new Error(job.error ?? 'the map failed');
    // The phase after the features.
    if (layouts.length > 0 || job?.progress?.phase === 'finding the principal components')
      end = performance.now();
    else await new Promise((next) => setTimeout(next, 20));
  }
  await drawn(page);
  return (performance.now() - end) / 1000;
}

async function waitForUmap(run: string): Promise<void> {
  while (!(await mapOf(run)).layouts.includes('umap')) await new Promise((next) => setTimeout(next, 500));
}

async function mapOf(run: string) {
  return (await (await fetch(`${run}/map`)).json()) as {
    layouts: string[];
    job: { state: string; error: string | null; progress: { phase: string } | null } | null;
  };
}

/**
 * Seconds from the page's address to a map that answers, where the layout is kept, and the seconds of processor time that the
 * page took for it, which say more on a machine with other work.
 */
async function openAgain(page: Page): Promise<{ seconds: number; processor: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const start = performance.now();
  const before = await taskSeconds(session);
  await page.reload();
  await drawn(page);
  const seconds = (performance.now() - start) / 1000;
  return { seconds, processor: (await taskSeconds(session)) - before };
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ProcessTime')!.value;
}

async function drawn(page: Page): Promise<void> {
  await page.locator('canvas[data-drawn]').waitFor({ timeout: 300_000 });
}

async function framesWhileMoving(page: Page) {
  const map = page.getByRole('application', { name: 'Map of the images' });
  await map.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await map.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  const counted = countFrames(page);
  const start = performance.now();
  for (let i = 0; performance.now() - start < seconds * 1000; i++) {
    await page.mouse.move(x + width / 2 + 150 * Math.sin(i / 15), y + height / 2 + 80 * Math.cos(i / 11));
  }
  await page.mouse.up();
  return counted;
}

/** So near that pictures are shown. */
async function framesWhileNear(page: Page) {
  const map = page.getByRole('application', { name: 'Map of the images' });
  await map.focus();
  for (let i = 0; i < 9; i++) await page.keyboard.press('+');
  await page.waitForTimeout(3000);
  return framesWhileMoving(page);
}

/** Frames a second, and the median and the slowest hundredth of the times between two, in ms. */
async function countFrames(page: Page) {
  const times = await page.evaluate(
    (ms) =>
      new Promise<number[]>((done) => {
        const found: number[] = [];
        const begin = performance.now();
        const frame = (now: number) => {
          found.push(now);
          if (now - begin < ms) requestAnimationFrame(frame);
          else done(found);
        };
        requestAnimationFrame(frame);
      }),
    seconds * 1000,
  );
  const gaps = times.slice(1).map((time, i) => time - times[i]!);
  const ordered = gaps.toSorted((a, b) => a - b);
  return {
    perSecond: Number(((1000 * gaps.length) / (times.at(-1)! - times[0]!)).toFixed(1)),
    median: Number(median(gaps).toFixed(1)),
    slowestHundredth: Number(ordered[Math.floor(0.99 * ordered.length)]!.toFixed(1)),
  };
}

/** Megabytes that the page's process has for itself and shares (proportionally), and that its scripts hold. */
async function memory(browserSession: CDPSession, page: Page) {
  const { processInfo } = (await browserSession.send('SystemInfo.getProcessInfo')) as {
    processInfo: { type: string; id: number }[];
  };
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const text = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
        return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024;
      }),
  );
  const heap = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  return { process: Math.round(Math.max(...sizes)), scripts: Math.round(heap / 1e6) };
}

/** The same number of points drawn anew each frame by a page that does nothing else. */
async function plainPoints(on: Browser) {
  const page = await newPage(on);
  // With the init script, which a page without an address does not get.
  await page.goto('data:text/html,<canvas width="1100" height="560"></canvas>');
  await page.evaluate(() => {
    const gl = document.querySelector('canvas')!.getContext('webgl');
    if (!gl) return;
    const program = gl.createProgram();
    const shader = (type: number, source: string) => {
      const made = gl.createShader(type)!;
      gl.shaderSource(made, source);
      gl.compileShader(made);
      gl.attachShader(program, made);
    };
    shader(
      gl.VERTEX_SHADER,
      'attribute vec2 p; uniform vec2 m; void main(){gl_Position=vec4(p+m,0.,1.);gl_PointSize=5.;}',
    );
    shader(gl.FRAGMENT_SHADER, 'void main(){gl_FragColor=vec4(0.,.45,.7,1.);}');
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    const points = Float32Array.from({ length: 2 * 12_444 }, (_, i) => Math.sin(i * 12.9898) * 0.9);
    gl.bufferData(gl.ARRAY_BUFFER, points, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    const move = gl.getUniformLocation(program, 'm');
    const frame = (now: number) => {
      gl.uniform2f(move, 0.1 * Math.sin(now / 300), 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.drawArrays(gl.POINTS, 0, 12_444);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const frames = await countFrames(page);
  await page.close();
  return frames;
}
