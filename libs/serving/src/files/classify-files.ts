import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ImageLimits } from '@thaw/data';
import { filesOfClassifier, readArtifact, type ArtifactContent } from '../artifact/read-artifact.ts';
import { Classifier } from '../model/classifier.ts';
import { classifyShare, type FileAnswer, type FileAnswers, type FilesWork } from './classify-share.ts';

/** What a thread works on, and with. */
export interface ThreadWork extends FilesWork, Pick<ArtifactContent, 'onnx' | 'preprocessing'> {}

export interface ClassifyFilesOptions {
  readonly limits: ImageLimits;
  /** Told how many files are done. */
  readonly onDone?: (files: number) => void;
  /** Side by side; by default a core each, and one where more would take longer to start than they save. */
  readonly threads?: number;
}

export interface ClassifiedFiles {
  /** In the order of probabilities. */
  readonly labels: readonly string[];
  /** In the order of the files. */
  readonly answers: readonly FileAnswer[];
}

/** A thread takes as long to start as it takes for so many files of 224 x 224. */
const worthAThread = 50;
/** Beyond, decoding in libuv's four threads is what limits. */
const mostThreads = 16;

/**
 * What the model of a version's folder makes of image files, on all cores. Throws UserError for a folder that is not what was
 * written; a file that is no image is an answer.
 */
export async function classifyFiles(
  folder: string,
  files: readonly string[],
  { limits, onDone, threads = threadsFor(files.length) }: ClassifyFilesOptions,
): Promise<ClassifiedFiles> {
  const { labels, preprocessing, onnx } = await readArtifact(folder, filesOfClassifier);
  const work = { files, limits, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
  const answers = new Array<FileAnswer>(files.length);
  let done = 0;
  const note = (said: FileAnswers) => {
    for (const [i, answer] of said.answers.entries()) answers[said.first + i] = answer;
    done += said.answers.length;
    onDone?.(done);
  };
  if (threads > 1) {
    await inThreads(threads, { onnx, preprocessing, ...work }, note);
    return { labels, answers };
  }
  // With a thread a core for each call.
  const classifier = await Classifier.open(onnx, preprocessing);
  try {
    await classifyShare(classifier, work, note);
  } finally {
    await classifier.dispose();
  }
  return { labels, answers };
}

function threadsFor(files: number): number {
  return Math.min(availableParallelism(), mostThreads, Math.floor(files / worthAThread));
}

async function inThreads(
  count: number,
  workerData: ThreadWork,
  note: (said: FileAnswers) => void,
): Promise<void> {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./classify-thread.mjs', import.meta.url), { workerData, execArgv: [] }),
  );
  try {
    // Rejects with the first failure.
    await Promise.all(workers.map((worker) => once(worker.on('message', note), 'exit')));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
