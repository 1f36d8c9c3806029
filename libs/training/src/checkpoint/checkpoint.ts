import { readFile } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { writeFileAtomic } from '@thaw/base';
import type { OptimizerState, Weights } from '@thaw/compute';
import type { EpochRecord } from '@thaw/experiment';
import type { StopperState } from '../early-stopping.ts';

/** All that training goes on from after an epoch. Shuffles and augmentation need no place here: they are keyed by epoch. */
export interface Checkpoint {
  /** Everything that the training depends on, hashed: another training's checkpoint is none. */
  readonly key: string;
  readonly epochs: readonly EpochRecord[];
  /** Those of the layers that train. */
  readonly weights: Weights;
  /** The same of the weights that are kept so far; often the same ones. */
  readonly kept: Weights;
  readonly optimizer: OptimizerState;
  readonly stopper: StopperState;
  /** Training is over; what is left is to evaluate. */
  readonly over: boolean;
  readonly pruned: boolean;
  /** The folds before this one; absent without folds. */
  readonly finished?: readonly FinishedFold[];
}

/** A fold whose training is over. */
export interface FinishedFold {
  readonly epochs: readonly EpochRecord[];
  /** The epoch whose weights are kept. */
  readonly kept: EpochRecord;
  /** Those of the layers that train. */
  readonly weights: Weights;
}

const checksumBytes = 4;

/** Writes a checkpoint whole or not at all: its checksum, then V8's serialisation, which keeps every bit and writes shared weights once. */
export async function writeCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  const body = serialize(checkpoint);
  const checksum = Buffer.alloc(checksumBytes);
  checksum.writeUInt32LE(crc32(body));
  await writeFileAtomic(file, Buffer.concat([checksum, body]));
}

/** The checkpoint of this training, or null where there is none, only another's, or a damaged one. */
export async function readCheckpoint(file: string, key: string): Promise<Checkpoint | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null || bytes.length < checksumBytes) return null;
  const body = bytes.subarray(checksumBytes);
  if (crc32(body) !== bytes.readUInt32LE()) return null;
  const checkpoint = deserialize(body) as Checkpoint;
  return checkpoint.key === key ? checkpoint : null;
}
