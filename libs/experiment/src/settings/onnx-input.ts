import * as z from 'zod';
import { means } from './forms.ts';

function perChannel(each: z.ZodNumber) {
  return z
    .union([each, z.array(each).length(3)])
    .describe('a number, or a list of three for red, green and blue');
}

/** What a backbone that is an ONNX file wants its images to be. */
export const onnxInput = z
  .strictObject({
    layout: z
      .enum(['NCHW', 'NHWC'])
      .meta(
        means(
          "Where the channels stand. When left out: where the 3 stands in the shape of the file's input.",
        ),
      )
      .optional(),
    scale: z
      .number()
      .positive()
      .meta(
        means(
          "What values 0 to 255 are multiplied by first, as Keras's `Rescaling` has it: 1 for a network that takes them as they are. 1/255 when left out.",
          1,
        ),
      )
      .optional(),
    mean: perChannel(z.number())
      .meta(
        means(
          "What is subtracted then, as timm's `mean` and torchvision's `Normalize` have it. When left out: the `mean` of the file's metadata, which has to have one.",
          [0.485, 0.456, 0.406],
        ),
      )
      .optional(),
    std: perChannel(z.number().positive())
      .meta(
        means(
          "What it is divided by at last. When left out: the `std` of the file's metadata, which has to have one.",
          [0.229, 0.224, 0.225],
        ),
      )
      .optional(),
    output: z
      .string()
      .min(1)
      .meta(
        means(
          "The value of the file's graph that is taken for the features: [images, features], or a feature map, whose mean over places they are. When left out: the graph's output, where it has one.",
          'flatten',
        ),
      )
      .optional(),
  })
  .meta(means('How an ONNX file takes its images, and what of it is taken.'));
