import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** One photograph in the ways in which files differ, by name: all are decoded to pixels on both sides. */
export async function variants(photograph: Buffer): Promise<Record<string, Buffer>> {
  const image = () => sharp(photograph);
  return {
    'photograph.jpeg': photograph,
    'progressive.jpeg': await image().jpeg({ progressive: true, quality: 70 }).toBuffer(),
    'full-colour.jpeg': await image().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
    'odd-size.jpeg': await image().resize(151, 97, { fit: 'fill' }).jpeg().toBuffer(),
    'grey.jpeg': await image().greyscale().jpeg().toBuffer(),
    'turned.jpeg': await image().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'profile.jpeg': await image().withIccProfile('p3').jpeg().toBuffer(),
    'lossless.png': await image().png().toBuffer(),
    'palette.png': await image().png({ palette: true, colours: 16 }).toBuffer(),
    'lossy.webp': await image().webp().toBuffer(),
  };
}

/** A whole, valid black PNG of any size, which compresses to nearly nothing. */
export function blackPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // One bit of grey a pixel.
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
