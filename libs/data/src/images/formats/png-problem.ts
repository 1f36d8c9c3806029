import { crc32 } from 'node:zlib';

/** Chunks that a decoder must understand (PNG, 5.4). */
const critical = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);
const paletteType = 3;

/** What is wrong with the chunks of a PNG; null where all are sound. Like Pillow it does without the last one. Pixels are not looked at. */
export function pngProblem(bytes: Buffer): string | null {
  const isPalette = bytes[25] === paletteType;
  let hasPalette = false;
  for (let at = 8; at < bytes.length;) {
    if (at + 12 > bytes.length) return 'truncated';
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (!/^[A-Za-z]{4}$/.test(name)) return 'damaged: a chunk without a name';
    const end = at + 12 + length;
    if (end > bytes.length) return 'truncated';
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) {
      return `damaged: the checksum of its ${name} chunk is wrong`;
    }
    if (/^[A-Z]/.test(name) && !critical.has(name)) return `PNG with the chunk ${name} is not read`;
    if (name === 'PLTE') hasPalette = true;
    if (name === 'IDAT' && isPalette && !hasPalette) return 'damaged: its palette is missing';
    if (name === 'IEND') return null;
    at = end;
  }
  return bytes.length < 33 ? 'truncated' : null;
}
