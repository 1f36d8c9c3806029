import { join } from 'node:path';
import { loadDenseHead, type DenseLayer } from '@thaw/model';
import { artifactFiles } from '../artifact/artifact-files.ts';
import { readArtifact } from '../artifact/read-artifact.ts';
import { readNeighbours } from '../neighbours/neighbour-files.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';
import { Classifier } from './classifier.ts';

/** A promoted model, ready to be called. */
export interface OpenModel {
  readonly classifier: Classifier;
  readonly labels: readonly string[];
  /** The fully connected layers behind the pooled features, of several networks' mean those of the first. */
  readonly head: readonly DenseLayer[];
  /** Null where the training images were gone when the model was promoted. */
  readonly neighbours: Neighbours | null;
  dispose(): Promise<void>;
}

/**
 * Opens the folder of a model's version. `threads` of one call; one a core when left out. Throws UserError for files that are
 * missing or not what was written.
 */
export async function openModel(folder: string, { threads }: { threads?: number } = {}): Promise<OpenModel> {
  const { labels, preprocessing, onnx } = await readArtifact(folder);
  const classifier = await Classifier.open(onnx, preprocessing, threads);
  return {
    classifier,
    labels,
    head: await loadDenseHead(join(folder, artifactFiles.tensorflowJs)),
    neighbours: await readNeighbours(folder),
    dispose: () => classifier.dispose(),
  };
}
