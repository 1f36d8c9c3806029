import { join } from 'node:path';
import { loadDenseHead, type DenseLayer } from '@thaw/model';
import { artifactFiles } from '../artifact/artifact-files.ts';
import { filesOfClassifier, readArtifact, type ArtifactContent } from '../artifact/read-artifact.ts';
import { readNeighbours } from '../neighbours/neighbour-files.ts';
import type { Neighbours } from '../neighbours/neighbours.ts';
import { Classifier } from './classifier.ts';

/** What predicts of a promoted model. */
export interface OpenClassifier {
  readonly classifier: Classifier;
  readonly labels: readonly string[];
  dispose(): Promise<void>;
}

/** A promoted model, ready to be called. */
export interface OpenModel extends OpenClassifier {
  /** The fully connected layers behind the pooled features, of several networks' mean those of the first. */
  readonly head: readonly DenseLayer[];
  /** Null where the training images were gone when the model was promoted. */
  readonly neighbours: Neighbours | null;
}

/** Opens what predicts, and reads nothing else, in the folder of a model's version. Throws UserError as `openModel` does. */
export async function openClassifier(folder: string): Promise<OpenClassifier> {
  return classifierOf(await readArtifact(folder, filesOfClassifier));
}

/**
 * Opens the folder of a model's version. `threads` of one call; one a core when left out. Throws UserError for files that are
 * missing or not what was written.
 */
export async function openModel(folder: string, { threads }: { threads?: number } = {}): Promise<OpenModel> {
  return {
    ...(await classifierOf(await readArtifact(folder), threads)),
    head: await loadDenseHead(join(folder, artifactFiles.tensorflowJs)),
    neighbours: await readNeighbours(folder),
  };
}

async function classifierOf(
  { labels, preprocessing, onnx }: ArtifactContent,
  threads?: number,
): Promise<OpenClassifier> {
  const classifier = await Classifier.open(onnx, preprocessing, threads);
  return { classifier, labels, dispose: () => classifier.dispose() };
}
