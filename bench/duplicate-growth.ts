import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mapConcurrently, Random, sha256 } from '@thaw/base';
import { detectGroups } from '@thaw/data';
import { pairScores, type Copy } from '@thaw/data/testing';
import sharp from 'sharp';

/**
 * How the cost of the look for copies grows with the number of images: `npx tsx bench/duplicate-growth.ts [SIZE ...]`, by default of
 * 1,000, 4,000, 12,000 and 50,000 (about 15 minutes of CPU). The images are small and drawn: soft discs, each scene twice, the second
 * time turned, enlarged and shifted. Each size is measured in a process of its own. Figures go to standard output; were the cost n log n,
 * the last one would stay.
 */
const sizes = [1_000, 4_000, 12_000, 50_000];
const [width, height] = [80, 60];

const [folder, count] = process.env['THAW_GROWTH']?.split(' ') ?? [];
if (folder && count) await measure(folder, Number(count));
else await measureAll(process.argv.length > 2 ? process.argv.slice(2).map(Number) : sizes);

async function measureAll(sizes: readonly number[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-growth-'));
  try {
    for (const size of sizes) {
      execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url)], {
        stdio: 'inherit',
        env: { ...process.env, THAW_GROWTH: `${folder} ${size}` },
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, count: number): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const numbers = Array.from({ length: count }, (_, number) => number);
  const images = await mapConcurrently(numbers, 4, (number) => writeScene(join(folder, 'images'), number));
  const cacheDir = join(folder, String(count));
  const [start, used] = [performance.now(), process.cpuUsage()];
  const phases = new Map<string, number>();
  let [memory, before] = [0, start];
  const { groups } = await detectGroups(images, {
    cacheDir,
    onProgress: (phase) => {
      const now = performance.now();
      phases.set(phase, (phases.get(phase) ?? 0) + now - before);
      before = now;
      memory = Math.max(memory, process.memoryUsage.rss());
    },
  });
  const { user, system } = process.cpuUsage(used);
  await rm(cacheDir, { recursive: true });
  const cpu = (user + system) / 1e6;
  const { precision, recall } = pairScores(
    groups,
    images.map(({ source }) => source),
  );
  const parts = [...phases].map(([phase, ms]) => `${phase} ${(ms / 1000).toFixed(1)} s`).join(', ');
  console.log(
    `${String(count).padStart(6)} images: ${cpu.toFixed(1)} s of CPU, ${((performance.now() - start) / 1000).toFixed(1)} s (${parts}), ${Math.round(memory / 1e6)} MB; precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}; ${((cpu * 1e6) / (count * Math.log2(count))).toFixed(1)} µs of CPU / (n log2 n)`,
  );
}

/** Draws scene `number / 2` and writes it, unless it is there; the same number gives the same file. */
async function writeScene(folder: string, number: number): Promise<Copy> {
  const scene = Math.floor(number / 2);
  const [random, view] = [new Random('growth', scene), new Random('growth', scene, 'view')];
  const discs = Array.from({ length: 45 }, () => ({
    x: random.uniform(-10, width + 10),
    y: random.uniform(-10, height + 10),
    radius: random.uniform(2, 7),
    shade: random.uniform(-70, 70),
  }));
  const [angle, scale] = number % 2 === 0 ? [0, 1] : [view.uniform(-0.6, 0.6), view.uniform(0.95, 1.2)];
  const shift = number % 2 === 0 ? [0, 0] : [view.uniform(-5, 5), view.uniform(-5, 5)];
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const grey = new Float32Array(width * height).fill(128);
  for (const disc of discs) {
    const [dx, dy] = [disc.x - width / 2, disc.y - height / 2];
    const centerX = width / 2 + cos * dx - sin * dy + shift[0]!;
    const centerY = height / 2 + sin * dx + cos * dy + shift[1]!;
    const radius = scale * disc.radius;
    const within = (center: number, end: number) =>
      [
        Math.max(0, Math.ceil(center - 2 * radius)),
        Math.min(end, Math.floor(center + 2 * radius) + 1),
      ] as const;
    const [[left, right], [top, bottom]] = [within(centerX, width), within(centerY, height)];
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const distance = Math.hypot(x - centerX, y - centerY) / radius;
        grey[y * width + x]! += disc.shade / (1 + Math.exp(6 * (distance - 1)));
      }
    }
  }
  const raw = { width, height, channels: 1 } as const;
  const bytes = await sharp(
    Uint8Array.from(grey, (value) => Math.max(0, Math.min(255, value))),
    { raw },
  )
    .jpeg({ quality: 85 })
    .toBuffer();
  const path = join(folder, `${number}.jpeg`);
  await writeFile(path, bytes);
  return { path, sha256: sha256(bytes), source: String(scene) };
}
