import * as z from 'zod';
import { augmentation, type augmentationOptions } from './settings/augmentation.ts';
import { dataset, type filesDataset, type syntheticDataset } from './settings/dataset.ts';
import { means } from './settings/forms.ts';
import type { learningRateSchedule } from './settings/learning-rate-schedule.ts';
import { model } from './settings/model.ts';
import { fineTuning } from './settings/model-words.ts';
import { split } from './settings/split.ts';
import { training, type earlyStopping } from './settings/training.ts';

export { usualAugmentation } from './settings/augmentation.ts';
export { fineTuning, isOnnxPath, scenarios, wholeTraining, type OnnxPath } from './settings/model-words.ts';

/** Which views of an image a network's probabilities are the mean of, wherever it is evaluated or predicts. */
export const testTimeAugmentations = ['none', 'horizontal_flip', 'flips', 'dihedral'] as const;

const evaluation = z.strictObject({
  test_time_augmentation: z
    .enum(testTimeAugmentations)
    .meta(
      means(
        'Probabilities are the mean over views of an image: `horizontal_flip` takes 2 (as it is and mirrored), `flips` 4 (upside down, and both), `dihedral` 8 (all of these turned by a quarter). Images that are not square want `dataset.resize: crop` or `pad`: of one that was stretched a turned view shows things squeezed along the other axis. Keras has none. None when left out.',
        'flips',
      ),
    )
    .optional(),
});

/** Everything that one trial needs to know; every default is filled in. */
export const settingsSchema = z.strictObject({
  dataset,
  split: split.prefault({}),
  model: model.prefault({}),
  augmentation,
  training: training.prefault({}),
  evaluation: evaluation.optional(),
});

export type Settings = z.output<typeof settingsSchema>;
export type DatasetSettings = Settings['dataset'];
export type FilesDataset = z.output<typeof filesDataset>;
export type SyntheticDataset = z.output<typeof syntheticDataset>;
export type SplitSettings = Settings['split'];
export type ModelSettings = Settings['model'];
export type Scenario = ModelSettings['scenario'];
export type Augmentation = z.output<typeof augmentationOptions>;
export type TrainingSettings = Settings['training'];
export type TestTimeAugmentation = (typeof testTimeAugmentations)[number];
export type EarlyStopping = z.output<typeof earlyStopping>;
export type LearningRateSchedule = z.output<typeof learningRateSchedule>;

/** How many of a trial's epochs, the first ones, train its head alone. */
export function headEpochs({
  model: { scenario },
  training: { warm_head },
}: Pick<Settings, 'model' | 'training'>): number {
  return warm_head && fineTuning.includes(scenario) ? warm_head.epochs : 0;
}
