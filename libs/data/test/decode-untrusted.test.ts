import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeUntrusted, type ImageRefused } from '../src/index.ts';

const limits = { bytes: 1e6, pixels: 1e6 };
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#102030' } });

async function refusal(bytes: Buffer): Promise<Pick<ImageRefused, 'reason' | 'message'>> {
  const refused = (await decodeUntrusted(bytes, limits).catch((error: unknown) => error)) as ImageRefused;
  expect(refused.name).toBe('ImageRefused');
  return { reason: refused.reason, message: refused.message };
}

describe('an image from somebody unknown', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'tiff'] as const)('is decoded when it is a %s', async (format) => {
    const image = await decodeUntrusted(await blank(7, 5).toFormat(format).toBuffer(), limits);
    expect([image.width, image.height, image.data.length]).toEqual([7, 5, 105]);
  });

  test('is refused for its pixels before any is unpacked, however small the file', async () => {
    const bytes = await blank(10, 10).png().toBuffer();
    bytes.writeUInt32BE(20_000, 16);
    bytes.writeUInt32BE(20_000, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
    const begun = process.cpuUsage();
    const { reason, message } = await refusal(bytes);
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1e6).toBeLessThan(1);
    expect(reason).toBe('too-many-pixels');
    expect(message).toBe('20,000 x 20,000 pixels; at most 1 million pixels are allowed');
  });

  test('is refused for its size', async () => {
    const { reason, message } = await refusal(Buffer.alloc(1_500_000));
    expect([reason, message]).toEqual(['too-large', '1.5 MB; at most 1 MB are allowed']);
  });

  test('is refused when it is empty, text, SVG or cut off', async () => {
    expect((await refusal(Buffer.alloc(0))).reason).toBe('empty');
    expect((await refusal(Buffer.from('no image at all'))).message).toMatch(
      /^not an image of a known format; allowed: JPEG, PNG/,
    );
    expect((await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).reason).toBe(
      'unknown-type',
    );
    const whole = await blank(300, 300).jpeg().toBuffer();
    expect(await refusal(whole.subarray(0, whole.length / 2))).toEqual({
      reason: 'damaged',
      message: 'cannot be decoded: truncated or damaged',
    });
    expect(
      (await refusal(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(50)]))).reason,
    ).toBe('damaged');
    expect((await refusal(Buffer.from('BM and nothing else'))).reason).toBe('damaged');
  });
});
