/** The program of a thread that classifies files on one core: says what it makes of each piece, and ends when all are taken. */
import { parentPort, workerData } from 'node:worker_threads';
import { Classifier } from '../model/classifier.ts';
import type { ThreadWork } from './classify-files.ts';
import { classifyShare } from './classify-share.ts';

const { onnx, preprocessing, ...work } = workerData as ThreadWork;
const classifier = await Classifier.open(onnx, preprocessing, 1);
await classifyShare(classifier, work, (answers) => parentPort!.postMessage(answers));
await classifier.dispose();
