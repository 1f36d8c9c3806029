import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { didYouMean, isOnnxPath, nearest, show, type ModelSettings, type Problem } from '@thaw/experiment';
import type { Backbone } from './backbone.ts';
import { withBackboneDefaults } from './backbone-defaults.ts';
import { backboneOf } from './backbone-of.ts';
import { findBackbone, unknownBackboneMessage } from './backbones.ts';
import type { OnnxSettings } from './onnx-backbone/onnx-settings.ts';
import { readOnnxBackbone } from './onnx-backbone/read-onnx-backbone.ts';
import { findLayerOrBlock, trainableLayers, unknownLayerMessage } from './trainable-layers.ts';
import { bundledAlpha, bundledBackbone } from './weights/bundled-weights.ts';
import { weightsExtensions } from './weights/load-weights-file.ts';

/** Letters of a path in a message. */
const longestPath = 300;

const sources = ['imagenet', 'bundled', 'random'];

/**
 * What the settings of a model ask for that does not exist: a backbone, an alpha without published weights, a file of weights, a
 * layer to unfreeze from, and one from which on something trains. Paths start at the settings' root (`model`, ...). Settings that a scenario does not use are not
 * looked at: `weights` of from_scratch, `unfreeze_from` of all but partial_unfreeze.
 */
export function modelProblems(settings: ModelSettings): Problem[] {
  const { backbone: name } = settings;
  if (isOnnxPath(name)) return onnxProblems({ ...settings, backbone: name });
  const backbone = findBackbone(name);
  if (!backbone) return [problem('backbone', unknownBackboneMessage(name))];
  return [
    ...(settings.scenario === 'from_scratch' ? [] : weightsProblems(settings, backbone)),
    ...unfreezeProblems(settings),
  ];
}

function onnxProblems({ scenario, ...settings }: ModelSettings & OnnxSettings): Problem[] {
  const read = readOnnxBackbone(settings);
  const problems = 'problems' in read ? [...read.problems] : [];
  if (scenario === 'feature_extraction') return problems;
  const message = `found ${scenario}; allowed: feature_extraction, since nothing of an ONNX file (${settings.backbone}) trains`;
  return [...problems, problem('scenario', message)];
}

function problem(key: string, message: string): Problem {
  return { path: ['model', key], message };
}

function weightsProblems({ backbone, alpha, weights }: ModelSettings, { imagenet }: Backbone): Problem[] {
  if (weights === 'imagenet' && imagenet?.alphas?.includes(alpha) === false) {
    const allowed = `with weights: imagenet ${imagenet.alphas.join(', ')}; with weights: random any positive number`;
    return [problem('alpha', `found ${alpha}; allowed: ${allowed}`)];
  }
  if (weights === 'bundled' && backbone !== bundledBackbone) {
    return [problem('weights', `found "bundled"; allowed: with model.backbone ${bundledBackbone} alone`)];
  }
  if (weights === 'bundled' && alpha !== bundledAlpha) {
    return [problem('alpha', `found ${alpha}; allowed: with weights: bundled ${bundledAlpha}`)];
  }
  const message = sources.includes(weights) ? null : fileProblem(weights);
  return message ? [problem('weights', message)] : [];
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

/**
 * What is wrong with the place from which `partial_unfreeze` trains: nothing has its name, or no layer from there on has weights
 * that train. Other scenarios have none. Throws UserError for a backbone that there is not.
 */
export function unfreezeProblems(given: ModelSettings): Problem[] {
  if (given.scenario !== 'partial_unfreeze') return [];
  const settings = withBackboneDefaults(given);
  const { alpha, image_size: imageSize, unfreeze_from: from, batch_norm } = settings;
  const { network, blocks } = backboneOf(settings);
  const { layers } = network({ alpha, imageSize });
  if (findLayerOrBlock(from, layers, blocks) < 0)
    return [problem('unfreeze_from', unknownLayerMessage(from, layers, blocks))];
  if (trainableLayers(settings, layers, blocks).length > 0) return [];
  const why = batch_norm === 'frozen' ? ' while its batch normalisation is frozen' : '';
  const allowed = 'a layer or block in front of it, or model.scenario: feature_extraction';
  const message = `found ${show(from)}, from which on nothing of the backbone trains${why}; allowed: ${allowed}`;
  return [problem('unfreeze_from', message)];
}
