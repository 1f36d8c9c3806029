import { gigabytes, UserError } from '@thaw/base';
import { OutOfMemory, sizeOf, type Engine } from '@thaw/compute';
import { isOnnxPath, type Settings } from '@thaw/experiment';
import { backboneOf, buildModel, cutNetwork, weightShapes } from '@thaw/model';
import { availableMemory } from './available-memory.ts';

const bytesOfFloat = 4;
/** A weight, its gradient twice (as the engine gives it and as it arrives), and an optimiser's two moments. */
const copiesOfWeights = 5;
/** The batch in hand and those that are read ahead. */
const copiesOfInputs = 3;
/** Image sides that MobileNetV2 is published for, and that others take as well. */
const imageSizes = [224, 192, 160, 128, 96];

export interface RequireMemoryOptions {
  readonly settings: Settings;
  readonly classes: number;
  readonly engine: Engine;
}

/**
 * Throws UserError, caused by OutOfMemory, when a training step needs more memory than there is, with the settings that would
 * fit. Does nothing for an engine that cannot tell.
 */
export async function requireMemory(
  options: RequireMemoryOptions,
  available = availableMemory(),
): Promise<void> {
  const needed = await neededMemory(options.settings, options);
  if (needed === null || needed <= available) return;
  const problem = `needs about ${gigabytes(needed)} of memory and ${gigabytes(available)} are free`;
  throw new UserError(`${describe(options.settings)} ${problem}: ${await suggestion(options, available)}`, {
    kind: 'unavailable',
    cause: new OutOfMemory(problem),
  });
}

/** Runs what trains; memory that runs out on the way becomes the same suggestion. */
export async function withMemoryAdvice<T>(
  options: RequireMemoryOptions,
  train: () => Promise<T>,
): Promise<T> {
  try {
    return await train();
  } catch (error) {
    if (!(error instanceof OutOfMemory)) throw error;
    const needed = (await neededMemory(options.settings, options)) ?? Number.POSITIVE_INFINITY;
    // What was free when it ran out is not known; three quarters of what did not fit is a fair try.
    const within = Math.min(availableMemory(), 0.75 * needed);
    throw new UserError(
      `memory ran out in ${describe(options.settings)}: ${await suggestion(options, within)}`,
      { kind: 'unavailable', cause: error },
    );
  }
}

/** Bytes for a training step with its weights and inputs, null where the engine cannot tell. */
export async function neededMemory(
  { model, training }: Settings,
  { classes, engine }: Pick<RequireMemoryOptions, 'classes' | 'engine'>,
): Promise<number | null> {
  const { network, trainable } = buildModel(model, classes);
  const { suffix } = cutNetwork(network, trainable);
  const batch = training.batch_size;
  const step = await engine.stepMemory?.(suffix, { batch, trainable });
  if (step === undefined) return null;
  const weights = Array.from(weightShapes(suffix).values(), sizeOf).reduce((sum, size) => sum + size, 0);
  const inputs = batch * sizeOf(suffix.input.shape);
  const copies = copiesOfWeights + Number(training.use_ema ?? false);
  return step + bytesOfFloat * (copies * weights + copiesOfInputs * inputs);
}

async function suggestion(options: RequireMemoryOptions, available: number): Promise<string> {
  const { settings } = options;
  const { model, training } = settings;
  const published = (backboneOf(model).imagenet?.alphas ?? []).toSorted((a, b) => b - a);
  const choices: [name: string, values: readonly number[], change: (value: number) => Settings][] = [
    [
      'training.batch_size',
      halvesOf(training.batch_size),
      (batch_size) => ({ ...settings, training: { ...training, batch_size } }),
    ],
    [
      'model.image_size',
      // An ONNX file has the size that it has.
      imageSizes.filter((side) => side < model.image_size && !isOnnxPath(model.backbone)),
      (image_size) => ({ ...settings, model: { ...model, image_size } }),
    ],
    [
      'model.alpha',
      published.filter((alpha) => alpha < model.alpha),
      (alpha) => ({ ...settings, model: { ...model, alpha } }),
    ],
  ];
  const fitting: string[] = [];
  for (const [name, values, change] of choices) {
    for (const value of values) {
      if (((await neededMemory(change(value), options)) ?? 0) > available) continue;
      fitting.push(`${name} ${value}`);
      break;
    }
  }
  if (fitting.length === 0) return 'train fewer layers (model.scenario), or free some memory';
  return `${fitting.join(' or ')} would fit, or train fewer layers (model.scenario)`;
}

function halvesOf(length: number): number[] {
  return length > 1 ? [Math.floor(length / 2), ...halvesOf(Math.floor(length / 2))] : [];
}

function describe({ model, training }: Settings): string {
  const { backbone, scenario, image_size: side, alpha } = model;
  const width = backboneOf({ backbone }).imagenet?.alphas ? ` with alpha ${alpha}` : '';
  return `a ${scenario} step of ${training.batch_size} images of ${side}x${side} of ${backbone}${width}`;
}
