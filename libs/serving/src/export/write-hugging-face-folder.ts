import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '@thaw/base';
import { reviseOnnx } from '@thaw/compute';
import { kerasArchiveFiles, readSavedModel } from '@thaw/model';
import { artifactFiles } from '../artifact/artifact-files.ts';
import { readArtifact, type ArtifactContent } from '../artifact/read-artifact.ts';
import { foreignBackbone } from './foreign-backbone.ts';
import { huggingFaceCard, type CardMetadata } from './hugging-face-card.ts';

/**
 * Writes a model's version, by its folder, as a repository of Hugging Face's hub into an empty folder: the card, the files from which
 * Keras opens `hf://USER/MODEL` (config.json, metadata.json, model.weights.h5), model.onnx, and what prepares images. Nothing in it
 * names a place on this machine. Throws UserError for files that are missing or not what was written.
 */
export async function writeHuggingFaceFolder(
  folder: string,
  target: string,
  options: CardMetadata & { readonly model: string; readonly saved: Date },
): Promise<Pick<ArtifactContent, 'labels' | 'preprocessing'>> {
  const { labels, preprocessing, onnx } = await readArtifact(folder);
  if (preprocessing.tensorflow_js === 'head') throw foreignBackbone(options.model);
  const saved = await readSavedModel(join(folder, artifactFiles.tensorflowJs));
  const notes = { model: options.model, labels, preprocessing };
  const files = await kerasArchiveFiles(saved, { notes, saved: options.saved });
  // Keras leaves alone what it does not know; the rest of the hub looks for these.
  const config = {
    ...(JSON.parse(files.get('config.json')!.toString()) as object),
    ...{ image_size: preprocessing.input.height, num_channels: 3, num_labels: labels.length },
    id2label: { ...labels },
    label2id: Object.fromEntries(labels.map((label, i) => [label, i])),
  };
  files.set('config.json', Buffer.from(`${JSON.stringify(config, null, 2)}\n`));
  const write = (name: string, content: string | Uint8Array) => writeFileAtomic(join(target, name), content);
  for (const [name, content] of files) await write(name, content);
  const plain = { batch: null, float16: false, scaling: null, metadata: {} };
  await write(artifactFiles.onnx, reviseOnnx(onnx, plain));
  for (const name of [artifactFiles.labels, artifactFiles.preprocessing]) {
    await write(name, await readFile(join(folder, name)));
  }
  const card = await readFile(join(folder, artifactFiles.card), 'utf8');
  await write(artifactFiles.card, huggingFaceCard(card, options));
  return { labels, preprocessing };
}
