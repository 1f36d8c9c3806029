import type { Problem } from '../messages/problem.ts';
import { growthOf } from '../progressive-size.ts';
import type { Settings } from '../settings.ts';

/** What settings of augmentation mean together and beside those of training. */
export function augmentationProblems(settings: Settings): Problem[] {
  const { augmentation, model, training } = settings;
  if (augmentation === null) return [];
  const { cval, fill_mode, mixup_alpha = 0, cutmix_alpha = 0 } = augmentation;
  const problems: Problem[] = [];
  if (cval !== undefined && fill_mode !== 'constant') {
    const message = `found ${cval}, and fill_mode is ${fill_mode}, which never shows it; allowed: beside fill_mode: constant`;
    problems.push({ path: ['augmentation', 'cval'], message });
  }
  if (augmentation.trivial_augment && (augmentation.rand_augment?.num_ops ?? 0) > 0) {
    const message =
      'found true beside augmentation.rand_augment; allowed: one of the two, or false, or rand_augment.num_ops: 0';
    problems.push({ path: ['augmentation', 'trivial_augment'], message });
  }
  const from = growthOf(settings)?.from ?? model.image_size;
  const side = from < model.image_size ? `${from} a side at first` : `${model.image_size} a side`;
  for (const key of ['width_shift_range', 'height_shift_range'] as const) {
    const found = augmentation[key];
    if (found < Math.min(from, model.image_size) && found !== 1) continue;
    const message =
      found === 1
        ? 'found 1, which moves nothing: a whole number n is at most n - 1 pixels, as in Keras; allowed: 0, a fraction below 1, or 2 and more'
        : `found ${found} pixels, and images have ${side}; allowed: less than that, or a fraction below 1`;
    problems.push({ path: ['augmentation', key], message });
  }
  if (training.batch_size === 1 && mixup_alpha + cutmix_alpha > 0) {
    const key = mixup_alpha > 0 ? 'mixup_alpha' : 'cutmix_alpha';
    const found = `found ${mixup_alpha || cutmix_alpha}, which mixes images of one batch, and training.batch_size is 1`;
    problems.push({ path: ['augmentation', key], message: `${found}; allowed: 0, or batches of 2 and more` });
  }
  return problems;
}
