import * as z from 'zod';
import { count, means, seed, whole } from './forms.ts';

/** How image files become labelled images, whatever the source. */
const imageReading = {
  limit_per_class: count(1_000_000)
    .meta(
      means(
        'Only the first so many images of each class of TRAIN and of TEST, by name. All when left out.',
        200,
      ),
    )
    .optional(),
  on_bad_image: z
    .enum(['error', 'skip'])
    .meta(
      means(
        'What to do with files that cannot be decoded: stop and name them all, or leave them out and record each.',
      ),
    )
    .default('error'),
  interpolation: z
    .enum(['nearest', 'bilinear', 'bicubic'])
    .meta(
      means(
        "How images are resized to `model.image_size`: `nearest` as Keras's `load_img` does it, `bilinear` and `bicubic` antialiased. Each gives the same bytes as Pillow's `resize` (Keras's `Resizing(antialias=True)` rounds otherwise).",
        'bicubic',
      ),
    )
    .default('nearest'),
  resize: z
    .enum(['stretch', 'crop', 'pad'])
    .meta(
      means(
        "How an image becomes a square first: `stretch`, the usual, changes its proportions; `crop` takes the middle (Keras's `crop_to_aspect_ratio`); `pad` puts black around it (`pad_to_aspect_ratio`, letterbox).",
        'crop',
      ),
    )
    .optional(),
  depth: z
    .enum(['uint8', 'auto'])
    .meta(
      means(
        "For images of more than eight bits a value. `uint8` takes the high byte of 16 bits and cuts other numbers off at 0 and 255, as Pillow does. `auto` scales all by the range of the data set's own values, test images aside.",
        'auto',
      ),
    )
    .default('uint8'),
};

/** Blood smears drawn by Thaw itself; the same options give the same images. */
export const syntheticDataset = z.strictObject({
  source: z
    .literal('synthetic-smear')
    .meta(
      means(
        'Blood smears that Thaw draws itself, with nothing to download. The same settings give the same images.',
      ),
    )
    .default('synthetic-smear'),
  train_sources_per_class: count(10_000)
    .meta(means('Of the synthetic smear: photographs of each class in TRAIN.'))
    .default(6),
  test_sources_per_class: count(10_000)
    .meta(means('Of the synthetic smear: photographs of each class in TEST.'))
    .default(4),
  images_per_source: count(10_000)
    .meta(means('Of the synthetic smear: copies of each photograph.'))
    .default(20),
  seed: seed.meta(means('Of the synthetic smear: another seed draws other cells.')).default(7),
  ...imageReading,
});

/** Image files on disk. */
export const filesDataset = z.strictObject({
  path: z.string().min(1).meta(means('The folder of images. Instead of `source`.', 'data/cells')),
  layout: z
    .enum(['train-test-folders', 'class-folders', 'csv'])
    .meta(
      means(
        'How the folder is laid out: TRAIN/<class>/* and TEST/<class>/*, a folder for each class, or a table of files and labels.',
      ),
    )
    .default('train-test-folders'),
  csv: z
    .strictObject({
      file: z.string().min(1).meta(means('The table, relative to `path`.')).default('labels.csv'),
      path_column: z
        .string()
        .min(1)
        .meta(means('The column of file names, relative to `path`.'))
        .default('path'),
      label_column: z.string().min(1).meta(means('The column of classes.')).default('label'),
      split_column: z
        .string()
        .min(1)
        .meta(
          means(
            'The column that says train, validation or test. Without one, `split.test` of the images is set aside.',
            'part',
          ),
        )
        .optional(),
    })
    .meta(means('For the layout `csv`: the table and its columns.'))
    .optional(),
  classes: z
    .enum(['folders', 'nested'])
    .meta(
      means(
        '`folders`: the class folders alone are classes, and what lies in folders below belongs to them, as in Keras. `nested`: every folder that holds images is a class, `animals/cat`.',
        'nested',
      ),
    )
    .default('folders'),
  ...imageReading,
});

export const dataset = z
  .union([whole(filesDataset), whole(syntheticDataset)])
  .default(syntheticDataset.parse({}));
