import * as z from 'zod';
import { count, fraction, means, pattern, seed, whole } from './forms.ts';

/**
 * Which images belong together: what Thaw finds by looking at them, a table's column, or what a regular expression matches
 * in the file name. `detect` finds copies of one photograph, as `{detect: photograph}` does; `{detect: scene}` also keeps together
 * photographs that show one scene. Absent, it is up to the data set to know them; the synthetic smear does.
 */
const groups = z
  .union([
    z.literal('detect'),
    whole(z.strictObject({ detect: z.enum(['photograph', 'scene']) })),
    whole(z.strictObject({ csv: z.string().min(1), column: z.string().min(1) })),
    whole(z.strictObject({ pattern })),
  ])
  .transform((value) => {
    if (typeof value === 'string' || !('detect' in value)) return value;
    return value.detect === 'photograph' ? ('detect' as const) : { detect: value.detect };
  })
  .meta(
    means(
      'Which images belong together. `detect` finds copies of one photograph by looking at the images; `{detect: scene}` also keeps together photographs of one scene; `csv` names a table and its column; `pattern` is a regular expression, and what it finds in the file name is the group. The strategy `grouped` keeps groups on one side, and needs this setting for images from a folder; under the others they are noted with the images.',
      'detect',
    ),
  )
  .optional();

export const split = z.strictObject({
  strategy: z
    .enum(['keras', 'random', 'grouped', 'given'])
    .meta(
      means(
        "How validation images are chosen. `keras`: the first of each class by name. `random`: drawn, class by class. `grouped`: drawn, and groups stay together. `given`: the data set's own. All but `given` draw from training and given validation images together. When left out: `given` where there are such images, else `keras`.",
        'grouped',
      ),
    )
    .optional(),
  validation: fraction
    .meta(means('The fraction of the training images of each class that validates.'))
    .default(0.2),
  test: fraction
    .meta(
      means(
        'For data sets without test images: the fraction of all images set aside as a test set, by the same strategy (beside given validation images by `grouped` where there are `groups`, else by `keras`).',
      ),
    )
    .default(0.2),
  folds: z
    .number()
    .int()
    .min(2)
    .max(100)
    .meta(
      means(
        'Cross-validation in place of one validation part: a trial trains once for each fold, and each training image is validated by the one network that has not seen it. For `grouped` and `random`; `validation` is left out.',
        5,
      ),
    )
    .optional(),
  repeats: count(100)
    .meta(means('How often the images are dealt into folds anew. Once when left out.', 2))
    .optional(),
  seed: seed.meta(means('Another seed draws other validation images.')).default(42),
  groups,
});
