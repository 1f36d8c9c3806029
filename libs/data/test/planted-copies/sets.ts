import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently, Random, sha256 } from '@thaw/base';
import sharp from 'sharp';
import { digit } from './digits.ts';
import { kinds, streetFrame, type KindName } from './kinds.ts';
import { through, type Pixels } from './pixels.ts';
import { slideFields } from './slides.ts';
import { ways, type WayName } from './ways.ts';

/** An image whose photograph is known. */
export interface Planted {
  readonly path: string;
  readonly sha256: string;
  readonly photograph: string;
  /** How it was made from the photograph; `orig` for the photograph itself. */
  readonly way: string;
}

/** Drawings are not copied so: turned, mirrored, or a part alone, they mean something else. */
const turning: readonly WayName[] = [
  'half a side',
  'quarter turn',
  'mirrored, 60 % of the area',
  'mirrored, 60 % a side',
  'several',
];

/**
 * Writes `photographs` photographs of a kind, and for each of some ways one copy of `each` of them (four of each for `several`).
 */
export async function writeSet(
  folder: string,
  kind: KindName,
  photographs: number,
  each: number,
  all = (Object.keys(ways) as WayName[]).filter((way) => kind !== 'icons' || !turning.includes(way)),
): Promise<Planted[]> {
  const order = new Random('copied', kind).shuffle(Array.from({ length: photographs }, (_, i) => i));
  const jobs: { number: number; way: WayName | 'orig'; copy: number }[] = order.map((number) => ({
    number,
    way: 'orig',
    copy: 0,
  }));
  let next = 0;
  for (const way of all)
    for (let i = 0; i < each; i++) {
      const number = order[next++ % photographs]!;
      for (let copy = 0; copy < (way === 'several' ? 4 : 1); copy++) jobs.push({ number, way, copy });
    }
  await mkdir(folder, { recursive: true });
  return mapConcurrently(jobs, 3, async ({ number, way, copy }) => {
    const image = await kinds[kind](number);
    const made = way === 'orig' ? image : await ways[way](image, new Random(kind, way, number, copy));
    const name = `${number}-${way.replace(/[^a-z0-9]+/gi, '-')}-${copy}`;
    return { ...(await write(folder, name, made)), photograph: `${kind} ${number}`, way };
  });
}

/** Frames of a fixed camera, two seconds apart, and of every third one the next, 0.1 s later. */
export async function writeFrames(folder: string, frames: number): Promise<Planted[]> {
  await mkdir(folder, { recursive: true });
  const jobs = Array.from({ length: frames }, (_, number) => number).flatMap((number) =>
    number % 3 === 0
      ? [
          { number, later: false },
          { number, later: true },
        ]
      : [{ number, later: false }],
  );
  return mapConcurrently(jobs, 3, async ({ number, later }) => ({
    ...(await write(folder, `${number}${later ? '-later' : ''}`, await streetFrame(number, later))),
    photograph: `frame ${number}`,
    way: later ? '0.1 s later' : 'orig',
  }));
}

/** Writes four copies of each of some photographs, and nothing else, each erased in part. */
export async function writeErased(folder: string, photographs: number): Promise<Planted[]> {
  await mkdir(folder, { recursive: true });
  const colours = ['erased, black', 'erased, grey', 'erased, noise'] as const;
  const jobs = Array.from({ length: 4 * photographs }, (_, i) => i);
  return mapConcurrently(jobs, 3, async (i) => {
    const [number, copy] = [Math.floor(i / 4), i % 4];
    const way = colours[(number + copy) % colours.length]!;
    const image = await ways[way](await kinds.smear(number), new Random('erased', number, copy));
    return { ...(await write(folder, `${number}-${copy}`, image)), photograph: `${number}`, way };
  });
}

/** Writes two crops of each of some photographs, 80 % a side from opposite corners, compressed so that their grain is gone, and nothing else. */
export async function writeCrops(folder: string, kind: KindName, photographs: number): Promise<Planted[]> {
  await mkdir(folder, { recursive: true });
  const jobs = Array.from({ length: 2 * photographs }, (_, i) => i);
  return mapConcurrently(jobs, 3, async (i) => {
    const number = Math.floor(i / 2);
    const image = await kinds[kind](number);
    const [width, height] = [Math.round(0.8 * image.width), Math.round(0.8 * image.height)];
    const [left, top] = i % 2 === 0 ? [0, 0] : [image.width - width, image.height - height];
    const made = await through(image, (sharp) => sharp.extract({ left, top, width, height }));
    const copy = await ways['JPEG 20'](made);
    return { ...(await write(folder, `${i}`, copy)), photograph: `${number}`, way: 'crop' };
  });
}

/** Writes the fields of a slide that overlap by half: no two are copies. */
export async function writeFields(folder: string, columns: number, rows: number): Promise<Planted[]> {
  return writeSingle(folder, 'field', await slideFields(columns, rows));
}

/** Writes so many digits of one kind, 0 to 9, each by another hand: no two are copies. */
export async function writeDigits(folder: string, kind: number, count: number): Promise<Planted[]> {
  const numbers = Array.from({ length: count }, (_, i) => 10 * i + kind);
  return writeSingle(folder, 'digit', await mapConcurrently(numbers, 3, digit));
}

async function writeSingle(folder: string, name: string, images: readonly Pixels[]): Promise<Planted[]> {
  await mkdir(folder, { recursive: true });
  return mapConcurrently([...images.entries()], 3, async ([i, image]) => ({
    ...(await write(folder, `${name} ${i}`, image)),
    photograph: `${name} ${i}`,
    way: 'orig',
  }));
}

async function write(folder: string, name: string, { width, height, data }: Pixels) {
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
  const path = join(folder, `${name}.jpeg`);
  await writeFile(path, bytes);
  return { path, sha256: sha256(bytes) };
}
