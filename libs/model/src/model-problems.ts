import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { didYouMean, isOnnxPath, nearest, show, type ModelSettings, type Problem } from '@thaw/experiment';
import { backboneOf } from './backbone-of.ts';
import { readOnnxBackbone, type OnnxSettings } from './onnx-backbone/read-onnx-backbone.ts';
import { findLayerOrBlock, unknownLayerMessage } from './trainable-layers.ts';
import { bundledAlpha } from './weights/bundled-weights.ts';
import { weightsExtensions } from './weights/load-weights-file.ts';

/** Letters of a path in a message. */
const longestPath = 300;

const sources = ['imagenet', 'bundled', 'random'];

/**
 * What the settings of a model ask for that does not exist: an alpha without published weights, a file of weights, a
 * layer to unfreeze from. Paths start at the settings' root (`model`, ...). Settings that a scenario does not use are not
 * looked at: `weights` of from_scratch, `unfreeze_from` of all but partial_unfreeze.
 */
export function modelProblems(settings: ModelSettings): Problem[] {
  const { backbone } = settings;
  if (isOnnxPath(backbone)) return onnxProblems({ ...settings, backbone });
  return [
    ...(settings.scenario === 'from_scratch' ? [] : weightsProblems(settings)),
    ...(settings.scenario === 'partial_unfreeze' ? unfreezeProblems(settings) : []),
  ];
}

function onnxProblems({ scenario, ...settings }: ModelSettings & OnnxSettings): Problem[] {
  const read = readOnnxBackbone(settings);
  const problems = 'problems' in read ? [...read.problems] : [];
  if (scenario === 'feature_extraction') return problems;
  const message = `found ${scenario}; allowed: feature_extraction, since nothing of an ONNX file (${settings.backbone}) trains`;
  return [...problems, { path: ['model', 'scenario'], message }];
}

function weightsProblems({ backbone, alpha, weights }: ModelSettings): Problem[] {
  const published = backboneOf({ backbone }).imagenetAlphas;
  if (weights === 'imagenet' && !published.includes(alpha)) {
    const allowed = `with weights: imagenet ${published.join(', ')}; with weights: random any positive number`;
    return [{ path: ['model', 'alpha'], message: `found ${alpha}; allowed: ${allowed}` }];
  }
  if (weights === 'bundled' && alpha !== bundledAlpha) {
    const message = `found ${alpha}; allowed: with weights: bundled ${bundledAlpha}`;
    return [{ path: ['model', 'alpha'], message }];
  }
  const message = sources.includes(weights) ? null : fileProblem(weights);
  return message ? [{ path: ['model', 'weights'], message }] : [];
}

function fileProblem(weights: string): string | null {
  const entry = look(weights);
  const hasExtension = weightsExtensions.includes(extname(weights).toLowerCase());
  if (entry?.isFile() && hasExtension) return null;
  const reason = entry?.isDirectory() ? ', which is a folder' : hasExtension ? ', which does not exist' : '';
  const hint = didYouMean(nearest(weights, sources, 2));
  return `found ${show(weights, longestPath)}${reason}; allowed: ${sources.join(', ')}, or a file of Keras (.h5) or TensorFlow.js (model.json)${hint}`;
}

/** Null for what is not there or cannot be (a name too long, a NUL in it). */
function look(path: string) {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function unfreezeProblems(settings: ModelSettings): Problem[] {
  const { network, blocks } = backboneOf(settings);
  const { layers } = network({ alpha: settings.alpha, imageSize: settings.image_size });
  if (findLayerOrBlock(settings.unfreeze_from, layers, blocks) >= 0) return [];
  const message = unknownLayerMessage(settings.unfreeze_from, layers, blocks);
  return [{ path: ['model', 'unfreeze_from'], message }];
}
