import { sum } from '@thaw/base';
import { isOnnxPath, type Scenario, type SplitSettings } from '@thaw/experiment';
import type { Survey } from './survey-folder.ts';

/** Below so many photographs of a class one validation part says little: its images stand for a few photographs each. */
const fewPhotographs = 100;
/** From here on classes differ so much in size that accuracy says little of the small ones. */
const unevenFrom = 3;

/** The scenario that a folder suggests, and how far that goes. */
export interface AdvisedScenario {
  readonly scenario: Scenario;
  readonly evidence: string;
  readonly reasons: readonly string[];
}

/** What an experiment for a folder sets, other than what follows from the data set itself. */
export interface Draft {
  readonly split: Pick<SplitSettings, 'strategy' | 'groups' | 'folds'>;
  /** Which scenarios are compared, the simplest first. */
  readonly scenarios: readonly Scenario[];
  /** As `model.backbone`. */
  readonly backbone: string;
  readonly weights: 'imagenet' | 'bundled';
  readonly imageSize: number;
  readonly epochs: number;
  /** Images are shown in new variants each epoch. */
  readonly augmented: boolean;
  /** Some classes have many times as many images as others. */
  readonly uneven: boolean;
}

/** Images that a training passes at most, each as often as it does: of many images fewer epochs suffice. */
const mostSteps = 200_000;
const fewestEpochs = 5;

/** What each scenario needs of a recipe; several compared take what the longest needs. */
const recipes: Record<Scenario, { imageSize: number; epochs: number; augmented: boolean }> = {
  // Features of the frozen layers are computed once where images stay as they are, so that the full size costs little.
  feature_extraction: { imageSize: 224, epochs: 60, augmented: false },
  partial_unfreeze: { imageSize: 224, epochs: 60, augmented: false },
  full_fine_tune: { imageSize: 128, epochs: 15, augmented: true },
  from_scratch: { imageSize: 128, epochs: 60, augmented: true },
};

/**
 * An experiment for a folder: the advised scenario against the simplest other, on a split that the images allow. `plan` is one
 * of `splitPlans`.
 */
export function draftExperiment(
  { classes }: Pick<Survey, 'classes'>,
  plan: Draft['split'],
  {
    advised,
    imageSize,
    backbone,
  }: {
    readonly advised: AdvisedScenario | null;
    /** Of a backbone that takes one size alone. */
    readonly imageSize: number | null;
    readonly backbone: Draft['backbone'];
  },
): Omit<Draft, 'weights'> {
  const scenario = advised?.scenario ?? 'feature_extraction';
  const other = scenario === 'feature_extraction' ? 'partial_unfreeze' : 'feature_extraction';
  const compared: Scenario[] = scenario === 'feature_extraction' ? [scenario, other] : [other, scenario];
  // Nothing of an ONNX file trains.
  const scenarios: Scenario[] = isOnnxPath(backbone) ? ['feature_extraction'] : compared;
  const sizes = classes.map(({ images }) => images);
  const recipe = recipes[scenarios.at(-1)!];
  return {
    split: plan,
    scenarios,
    backbone,
    ...recipe,
    imageSize: imageSize ?? recipe.imageSize,
    epochs: Math.max(fewestEpochs, Math.min(recipe.epochs, Math.floor(mostSteps / sum(sizes)))),
    uneven: Math.max(...sizes) >= unevenFrom * Math.min(...sizes),
  };
}

/**
 * Ways to choose validation images, the best first: whole photographs where there are copies, else the validation part that the
 * folder brings, else images drawn of each class; in folds where photographs are few. Which can be had, `loadDataset` says.
 */
export function splitPlans({ classes, parts, look }: Survey): Draft['split'][] {
  const fewest = Math.min(...classes.map(({ photographs, images }) => photographs ?? images));
  const isGrouped = look === null || look.copies > 0;
  const drawn: Draft['split'] = isGrouped
    ? { strategy: 'grouped', groups: 'detect' }
    : { strategy: 'random' };
  const folds = fewest < fewPhotographs ? [5, 3, 2].map((count) => ({ ...drawn, folds: count })) : [];
  const given: Draft['split'][] =
    parts.has('validation') && !crossesValidation(look) ? [{ strategy: 'given' }] : [];
  return [...folds, ...given, drawn];
}

/** Whether the folder's own validation images are copies of training images. */
function crossesValidation(look: Survey['look']): boolean {
  return look?.leakage.crossings.some(({ from, to }) => from === 'train' && to === 'validation') ?? false;
}
