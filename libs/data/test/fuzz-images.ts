import { readFileSync } from 'node:fs';
import { Random } from '@thaw/base';

const formats = ['jpeg', 'png', 'gif', 'bmp', 'tiff', 'pnm', 'webp'];

/** Every file of the golden tables. */
export function goldenFiles(): { kind: string; bytes: Buffer }[] {
  return formats.flatMap((format) => {
    const url = new URL(`golden/image-kinds/${format}.json`, import.meta.url);
    const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { cases: { kind: string; file: string }[] };
    return cases.map(({ kind, file }) => ({ kind, bytes: Buffer.from(file, 'base64') }));
  });
}

/** Numbers that sizes and offsets come out badly with. */
const evil = [0, 1, 0x7f, 0x80, 0xff];

/** A file with some of its bytes changed, cut out, repeated or put in, mostly in its head, where sizes and offsets stand. */
export function mutated(bytes: Buffer, random: Random): Buffer {
  let copy = Buffer.from(bytes);
  const changes = 1 + random.int(3);
  for (let i = 0; i < changes && copy.length > 0; i++) {
    const reach = random.uniform() < 0.4 ? Math.min(64, copy.length) : copy.length;
    const at = random.int(reach);
    const length = Math.min(1 + random.int(8), copy.length - at);
    const kind = random.int(12);
    if (kind > 5) copy[at] = copy[at]! ^ (1 << random.int(8));
    else if (kind === 0) copy[at] = random.int(256);
    else if (kind === 1) copy[at] = evil[random.int(evil.length)]!;
    else if (kind === 2) copy.fill(0xff, at, at + length);
    else if (kind === 3) copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + length)]);
    else if (kind === 4) copy = Buffer.concat([copy.subarray(0, at + length), copy.subarray(at)]);
    else copy = copy.subarray(0, Math.max(1, at));
  }
  return copy;
}
