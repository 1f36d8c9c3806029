import * as z from 'zod';
import { count, means } from './forms.ts';
import { scenarios } from './model-words.ts';
import { onnxInput } from './onnx-input.ts';

export const model = z.strictObject({
  /** Which there are `@thaw/model` knows, and checks. */
  backbone: z
    .string()
    .min(1)
    .describe(
      "the name of a backbone (docs/reference/backbones.md) or the path of another maker's network (FILE.onnx)",
    )
    .meta(
      means(
        'The pretrained network. The path of an ONNX file takes any other, as the frozen front of `scenario: feature_extraction`.',
        'resnet18.onnx',
      ),
    )
    .default('mobilenet_v2'),
  alpha: z
    .number()
    .positive()
    .meta(
      means(
        "The backbone's width, where it has several: ImageNet weights of `mobilenet_v2` exist for 0.35, 0.5, 0.75, 1, 1.3 and 1.4.",
      ),
    )
    .default(1),
  /** Keras's networks need at least 32. */
  image_size: z
    .number()
    .int()
    .min(32)
    .max(1024)
    .meta(means('Side of the square input, in pixels. An ONNX file may take one alone.'))
    .default(224),
  weights: z
    .string()
    .min(1)
    .describe('imagenet, bundled, random, or the path of a .h5 (Keras) or .json (TensorFlow.js) file')
    .meta(
      means(
        "`imagenet`: Keras's, which a sweep downloads once, as `fetch weights` does. `bundled`: weaker ones that come with the install, alpha 1.0. `random`: none.",
        'bundled',
      ),
    )
    .default('imagenet'),
  scenario: z
    .enum(scenarios)
    .meta(
      means(
        'What trains: the head; everything from `unfreeze_from` on; everything, from random weights; everything, from the pretrained weights.',
      ),
    )
    .default('feature_extraction'),
  unfreeze_from: z
    .string()
    .min(1)
    .meta(
      means(
        'The first layer or block that trains. When left out: a block near the end, another for each backbone.',
        'block_14',
      ),
    )
    .optional(),
  batch_norm: z
    .enum(['trainable', 'frozen'])
    .meta(
      means(
        "Batch normalisation of pretrained layers that train: `trainable` as Keras's `fit` does it, `frozen` in inference with fixed weights. When left out: trainable, and frozen for weights that have it folded into their convolutions.",
        'frozen',
      ),
    )
    .optional(),
  batch_norm_momentum: z
    .number()
    .min(0)
    .lt(1)
    .meta(
      means(
        "How slowly moving statistics follow the batches. When left out: Keras's, 0.999 for MobileNets and 0.99 for others. 0.999 takes thousands of steps: with fewer, a network that trains from scratch does well on its batches and no better than chance in inference; 0.9 then helps.",
        0.9,
      ),
    )
    .optional(),
  head_units: z
    .union([z.number().int().min(0).max(65_536), z.array(count(65_536)).min(1).max(16)])
    .meta(
      means(
        'Hidden layers of the head, `Dense(units, relu)`: the units of one, a list for several, or 0 for none.',
        [256, 64],
      ),
    )
    .default(128),
  head_dropout: z
    .number()
    .min(0)
    .lt(1)
    .meta(
      means('`Dropout` behind each hidden layer, or behind the pooled features where there is none.', 0.3),
    )
    .optional(),
  head_batch_norm: z
    .boolean()
    .meta(
      means(
        "`BatchNormalization` with Keras's momentum and epsilon in the same places, in front of dropout.",
        true,
      ),
    )
    .optional(),
  head_l2: z
    .number()
    .nonnegative()
    .meta(
      means(
        "`kernel_regularizer=L2(...)` of the head's layers: this times the sum of the squares of their kernels is added to `loss`.",
        0.0001,
      ),
    )
    .optional(),
  input: onnxInput.optional(),
});
