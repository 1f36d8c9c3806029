import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mapConcurrently, sha256 } from '@thaw/base';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';
import { maskBars } from '../src/duplicates/describe/bars.ts';
import { maskBorders } from '../src/duplicates/describe/border-mask.ts';
import { decodePicture } from '../src/duplicates/describe/decode-picture.ts';
import { workingSide } from '../src/duplicates/describe/describe-image.ts';
import { maskErased } from '../src/duplicates/describe/erased-mask.ts';
import { groundOf } from '../src/duplicates/describe/ground.ts';
import { countOf } from '../src/duplicates/describe/masks.ts';
import { decodeSmall } from '../src/images/formats/decode-small.ts';
import { detectGroups } from '../src/index.ts';
import { makeFolder } from './make-images.ts';

const signs = {
  empty: '',
  minus: '<path d="M8 12h8"/>',
  plus: '<path d="M8 12h8M12 8v8"/>',
  pause: '<path d="M10 8v8M14 8v8"/>',
  lines: '<path d="M8 9h8M8 15h8"/>',
  dot: '<path d="M12 12h0.01"/>',
  right: '<path d="M8 12h8M13 9l3 3-3 3"/>',
  left: '<path d="M16 12H8M11 9l-3 3 3 3"/>',
} as const;
const frames = {
  square: '<rect x="3" y="3" width="18" height="18" rx="2"/>',
  circle: '<circle cx="12" cy="12" r="10"/>',
};

function drawn(frame: string, sign: string, erased = ''): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 24 24"><rect width="24" height="24" fill="white"/><g fill="none" stroke="black" stroke-width="2" stroke-linecap="round">${frame}${sign}</g>${erased}</svg>`,
  );
}

async function pixelsOf(svg: Buffer) {
  const { data, info } = await sharp(svg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

test('signs in one frame are different drawings, and a copy of one in another colour is found', async () => {
  const folder = await makeFolder();
  const svgs = Object.values(frames).flatMap((frame) =>
    Object.values(signs).map((sign) => drawn(frame, sign)),
  );
  const copies = svgs
    .slice(1, 4)
    .map((svg) => Buffer.from(svg.toString().replace('stroke="black"', 'stroke="#246"')));
  const images = await mapConcurrently(
    [...svgs, ...copies].map((svg, i) => ({ svg, i })),
    4,
    async ({ svg, i }) => {
      const bytes = await sharp(svg).png().toBuffer();
      const path = join(folder, `${i}.png`);
      await writeFile(path, bytes);
      return { path, sha256: sha256(bytes) };
    },
  );
  const { groups } = await detectGroups(images, { cacheDir: join(folder, 'cache') });
  expect(new Set(groups.slice(0, svgs.length)).size).toBe(svgs.length);
  expect(groups.slice(svgs.length)).toEqual(groups.slice(1, 4));
});

test('lines of a drawing were not painted over, a rectangle on it was, whatever lines of its colour hang on it', async () => {
  const erasedShare = async (svg: Buffer) => {
    const image = await pixelsOf(svg);
    const valid = maskBorders(image);
    const before = valid.reduce((sum, value) => sum + value, 0);
    maskErased(image, valid, [groundOf(image)]);
    return 1 - valid.reduce((sum, value) => sum + value, 0) / before;
  };
  for (const sign of Object.values(signs)) expect(await erasedShare(drawn(frames.square, sign))).toBe(0);
  const erased = await erasedShare(
    drawn(frames.square, signs.lines, '<rect x="6" y="6" width="11" height="11"/>'),
  );
  expect(erased).toBeGreaterThan(0.2);
  expect(erased).toBeLessThan(0.45);
});

test.each(['png', 'webp'] as const)(
  'what a %s keeps under transparent pixels is seen, as the model sees it',
  async (format) => {
    const { width, height, data } = await pixelsOf(drawn(frames.circle, signs.plus));
    const rgba = new Uint8Array(width * height * 4);
    for (let i = 0; i < width * height; i++)
      rgba.set([...data.subarray(3 * i, 3 * i + 3), 255 - data[3 * i]!], 4 * i);
    const own = sharp(rgba, { raw: { width, height, channels: 4 } });
    const transparent = format === 'png' ? own.png() : own.webp({ lossless: true, exact: true });
    const plain = sharp(data, { raw: { width, height, channels: 3 } }).png();
    const shown = async (image: Sharp) => (await decodeSmall(await image.toBuffer(), 64)).data;
    expect(await shown(transparent)).toEqual(await shown(plain));
  },
);

test('bars around a picture are found by their sides, though the picture has their colour in places', async () => {
  const body =
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="90"><rect width="120" height="90"/><ellipse cx="60" cy="60" rx="8" ry="60" fill="#808080"/></svg>';
  const picture = await sharp(Buffer.from(body))
    .extend({ top: 15, bottom: 15, left: 20, right: 20, background: '#808080' })
    .png()
    .toBuffer();
  const image = await pixelsOf(picture);
  const valid = new Uint8Array(image.width * image.height).fill(1);
  maskBars(image, valid);
  expect(valid.reduce((sum, value) => sum + value, 0)).toBe(120 * 90);
});

test('a drawing on white is found within a light window, though the window has nearly the colour of its ground', async () => {
  const shownOf = async (bytes: Buffer) => countOf((await decodePicture(bytes, workingSide)).valid);
  const drawing = await sharp(drawn(frames.square, signs.lines)).png().toBuffer();
  const window = await sharp(drawing)
    .extend({ top: 40, bottom: 20, left: 30, right: 30, background: '#f5f5f5' })
    .composite([
      { input: Buffer.from('<svg><rect width="188" height="12" fill="#334"/></svg>'), gravity: 'north' },
    ])
    .png()
    .toBuffer();
  expect((await shownOf(window)) / (await shownOf(drawing))).toBeCloseTo(1, 1);
});

test('paper is no border though lines from edge to edge keep its parts apart, nor is it around a sign in a frame', async () => {
  const lines = [50, 95].map((y) => `<path d="M0 ${y}h128v2h-128z"/>`).join('');
  const ink = '<path d="M30 70h40v8h-40zM20 110h60v6h-60zM60 20h20v9h-20z"/>';
  const page = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="128" height="128" fill="#f4f2ec"/>${lines}${ink}</svg>`,
  );
  for (const svg of [page, drawn(frames.circle, signs.lines)])
    expect(countOf(maskBorders(await pixelsOf(svg)))).toBe(128 * 128);
});

test('a wall is no border where the light of a lamp falls off', () => {
  const [width, height] = [160, 120];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const at = Math.floor(i / 3);
    return 230 - 0.5 * Math.hypot((at % width) - width / 2, Math.floor(at / width) - height / 2);
  });
  expect(countOf(maskBorders({ width, height, data }))).toBe(width * height);
});
