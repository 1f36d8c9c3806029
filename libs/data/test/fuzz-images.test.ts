import { Random } from '@thaw/base';
import { expect, it } from 'vitest';
import { decodeRgb, reasonOf } from '../src/images/decode.ts';
import { goldenFiles, mutated } from './fuzz-images.ts';

/** How often each file is changed: some 500 files; `THAW_FUZZ=4` makes 2,000 of them. */
const rounds = Number(process.env['THAW_FUZZ'] ?? 1);

it(
  'files that were changed at random give an image or one message, and no defect',
  { timeout: 120_000 },
  async () => {
    const files = goldenFiles();
    let longest = 0;
    const outcomes = { read: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      for (const [i, { kind, bytes }] of files.entries()) {
        const file = mutated(bytes, new Random('fuzz', round, i));
        const begun = performance.now();
        try {
          const { width, height, data } = await decodeRgb(file);
          expect(data.length, kind).toBe(width * height * 3);
          outcomes.read++;
        } catch (error) {
          // A slip of a decoder of our own would be one of these.
          if (error instanceof RangeError || error instanceof TypeError) throw error;
          expect(reasonOf(error), kind).toMatch(/^(?:the file is empty|cannot be decoded: [^\n]+)$/);
          outcomes.refused++;
        }
        longest = Math.max(longest, performance.now() - begun);
      }
    }
    expect(outcomes.read + outcomes.refused).toBe(files.length * rounds);
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(files.length / 20);
    expect(longest).toBeLessThan(10_000);
    const { maxRSS } = process.resourceUsage();
    expect(maxRSS * 1024).toBeLessThan(2e9);
    if (rounds > 1) console.log({ ...outcomes, longest, maxRSS });
  },
);
