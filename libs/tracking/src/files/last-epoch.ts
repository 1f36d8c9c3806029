import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochRecord } from '@thaw/experiment';
import { epochSchema } from '../records/epoch-record.ts';

/** Longer than any line of an epoch. */
const tailBytes = 4096;

/** The last whole epoch of the run in `folder`, read from the end of its `metrics.jsonl`; null before the first. */
export async function lastEpoch(folder: string): Promise<EpochRecord | null> {
  const file = await open(join(folder, 'metrics.jsonl')).catch(() => null);
  if (file === null) return null;
  try {
    const { size } = await file.stat();
    const length = Math.min(size, tailBytes);
    const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length });
    const lines = buffer.toString('utf8').split('\n').slice(0, -1);
    return lines.length === 0 ? null : parseEpoch(lines.at(-1)!);
  } finally {
    await file.close();
  }
}

function parseEpoch(line: string): EpochRecord | null {
  try {
    return epochSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
