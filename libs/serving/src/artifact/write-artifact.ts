import { join } from 'node:path';
import { writeFileAtomic } from '@thaw/base';
import type { Network, Weights } from '@thaw/compute';
import { behindGraph, saveTensorflowJsModel } from '@thaw/model';
import { writeNeighbours } from '../neighbours/neighbour-files.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';
import { artifactFiles } from './artifact-files.ts';
import type { Preprocessing } from './preprocessing.ts';

export interface Artifact {
  readonly network: Network;
  readonly weights: Weights;
  /** See `encodeOnnxModel`. */
  readonly onnx: Uint8Array;
  /** In the order of the model's probabilities. */
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing;
  /** Markdown; see `modelCard`. */
  readonly card: string;
  /** What the TensorFlow.js file says of its origin, such as the run. */
  readonly origin: Readonly<Record<string, unknown>>;
  /** Null where the training images are gone. */
  readonly neighbours: Neighbours | null;
}

/** Writes a model's files into an empty folder. */
export async function writeArtifact(folder: string, artifact: Artifact): Promise<void> {
  const { network, weights, onnx, labels, preprocessing, card, origin, neighbours } = artifact;
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  await saveTensorflowJsModel(folder, behindGraph(network) ?? network, weights, {
    ...origin,
    classes: labels,
    preprocessing,
  });
  await writeFileAtomic(join(folder, artifactFiles.onnx), onnx);
  await writeFileAtomic(join(folder, artifactFiles.labels), json(labels));
  await writeFileAtomic(join(folder, artifactFiles.preprocessing), json(preprocessing));
  await writeFileAtomic(join(folder, artifactFiles.card), card);
  if (neighbours) await writeNeighbours(folder, neighbours);
}
