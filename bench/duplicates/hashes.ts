import sharp from 'sharp';

/** 64 bits of an image, by which others find near duplicates. */
export type Hash = (path: string) => Promise<boolean[]>;

/** Of 9 x 8 grey values, whether each is brighter than the next in its row (dHash, Krawetz 2013). */
export const dHash: Hash = async (path) => {
  const grey = await greyOf(path, 9, 8);
  return Array.from({ length: 64 }, (_, i) => {
    const at = Math.floor(i / 8) * 9 + (i % 8);
    return grey[at]! > grey[at + 1]!;
  });
};

/** Of 32 x 32 grey values, the 64 lowest frequencies, whether each is above their median (pHash, as the Python package imagehash). */
export const pHash: Hash = async (path) => {
  const size = 32;
  const grey = await greyOf(path, size, size);
  const wave = (frequency: number, place: number) =>
    Math.cos((Math.PI * frequency * (2 * place + 1)) / (2 * size));
  const low: number[] = [];
  for (let v = 0; v < 8; v++) {
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) sum += grey[y * size + x]! * wave(u, x) * wave(v, y);
      low.push(sum);
    }
  }
  const sorted = [...low].sort((a, b) => a - b);
  const median = (sorted[31]! + sorted[32]!) / 2;
  return low.map((value) => value > median);
};

/** Pairs whose hashes differ in at most `distance` bits. */
export async function pairsByHash(
  paths: readonly string[],
  hash: Hash,
  distance: number,
): Promise<[number, number][]> {
  const hashes: boolean[][] = [];
  for (const path of paths) hashes.push(await hash(path));
  const pairs: [number, number][] = [];
  for (const [b, second] of hashes.entries()) {
    for (const [a, first] of hashes.slice(0, b).entries()) {
      let bits = 0;
      for (let i = 0; i < 64; i++) if (first[i] !== second[i]) bits++;
      if (bits <= distance) pairs.push([a, b]);
    }
  }
  return pairs;
}

async function greyOf(path: string, width: number, height: number): Promise<Uint8Array> {
  return sharp(path).greyscale().resize(width, height, { fit: 'fill' }).raw().toBuffer();
}
