import * as z from 'zod';
import { operation } from '../operation.ts';
import { limits, mostAtOnce, rate } from '../predict-limits.ts';
import { reference } from './models.ts';

const file = z.string().meta({ format: 'binary', description: 'The bytes of an encoded image' });
const base64 = z.string().describe('The bytes of an encoded image in base64');
const nested = z.array(z.unknown()).describe('Numbers of a prepared image, nested as [height, width, 3]');

export const servingRequestSchema = z
  .object({ instances: z.array(z.union([z.object({ b64: base64 }), nested])).min(1) })
  .meta({ id: 'TensorFlowServingRequest', description: 'Instances are all images or all numbers' });

export const inferenceRequestSchema = z
  .object({
    id: z.string().optional().describe('Given back in the answer'),
    inputs: z
      .array(
        z.object({
          name: z.string(),
          shape: z.array(z.number().int().nonnegative()).describe('FP32: [batch, height, width, 3]'),
          datatype: z.enum(['FP32', 'BYTES']),
          data: z
            .array(z.unknown())
            .describe(
              'FP32: numbers, flat or nested, prepared as preprocessing.json says. BYTES: images in base64',
            ),
        }),
      )
      .length(1),
  })
  .meta({ id: 'OpenInferenceRequest', description: 'Open Inference Protocol v2' });

const labelled = {
  label: z.string().describe('The most probable class'),
  classes: z.array(z.string()).describe('All classes, in the order of the model'),
  probabilities: z.record(z.string(), z.number()).describe('Of every class, in the order of classes'),
};

export const predict = operation({
  id: 'predict',
  method: 'post',
  changesNothing: true,
  path: '/models/{model}/predict',
  summary: 'Classifies images; the answer has the form of the request',
  description: [
    "Takes images as a form, in TensorFlow Serving's JSON or in Open Inference v2's; the last two also take inputs that are",
    'prepared already. Images are JPEG, PNG, GIF, WebP, BMP, TIFF or PPM.',
    '',
    `Limits: ${limits.body / 1e6} MB a request; ${limits.images} images; ${limits.image.bytes / 1e6} MB and`,
    `${limits.image.pixels / 1e6} million pixels an image; ${rate.perSecond} requests a second from one address, ${rate.burst} at once;`,
    `${mostAtOnce} under way.`,
    '',
    'Refusals: 400 a body that is none of these, 404 no such model, 405 another method, 413 beyond a limit of size, 415 a body or an',
    'image of another type, 422 a damaged image or numbers that do not fill the shape, 429 and 503 too many requests (with Retry-After).',
  ].join('\n'),
  params: reference,
  form: z.object({ image: z.union([file, z.array(file).max(limits.images)]) }),
  body: z.union([servingRequestSchema, inferenceRequestSchema]),
  answer: z.union([
    z
      .object({
        model: z.string(),
        version: z.number(),
        predictions: z.array(z.object({ file: z.string().nullable(), ...labelled })),
      })
      .describe('To a form'),
    z
      .object({ predictions: z.array(z.array(z.number())) })
      .describe("To TensorFlow Serving's: probabilities in the order of labels.json"),
    z
      .object({
        model_name: z.string(),
        model_version: z.string(),
        id: z.string().optional(),
        outputs: z.array(
          z.object({
            name: z.literal('probabilities'),
            shape: z.array(z.number()).describe('[images, classes]'),
            datatype: z.literal('FP32'),
            data: z.array(z.number()),
          }),
        ),
      })
      .describe('To Open Inference v2'),
  ]),
});

export const explanationSchema = z
  .object({
    model: z.string(),
    version: z.number(),
    ...labelled,
    seen: z.string().describe('The image as the network sees it; a PNG as a data URL'),
    heat_map: z
      .object({ height: z.number(), width: z.number(), values: z.array(z.number()) })
      .nullable()
      .describe(
        'Grad-CAM of the most probable class, rows from the top; null for a backbone from an ONNX file that gives features alone',
      ),
    nearest: z
      .array(
        z.object({
          file: z.string(),
          label: z.string(),
          similarity: z.number().describe('Cosine of the angle between the features'),
          picture: z.string().nullable().describe('A data URL; null where the file is gone'),
        }),
      )
      .nullable()
      .describe('Training images; null where the model brings none'),
  })
  .meta({ id: 'Explanation' });

export type Explanation = z.infer<typeof explanationSchema>;

export const explain = operation({
  id: 'explain',
  method: 'post',
  changesNothing: true,
  path: '/models/{model}/explain',
  summary: 'Classifies one image and says what that rests on',
  description: 'Limits and refusals are those of predict.',
  params: reference,
  form: z.object({ image: file }),
  answer: explanationSchema,
});

export const getNeighbourPictures = operation({
  id: 'getNeighbourPictures',
  method: 'get',
  path: '/models/{model}/neighbours',
  summary: 'Small pictures of training images, by their places in neighbours.json',
  params: reference,
  query: z.object({
    index: z
      .union([z.string(), z.array(z.string())])
      .transform((value) => [value].flat().map(Number))
      .pipe(z.array(z.number().int().nonnegative()).max(20)),
  }),
  answer: z.object({
    pictures: z.array(z.string().nullable()).describe('Data URLs; null where the file is gone'),
  }),
});

export const listSamples = operation({
  id: 'listSamples',
  method: 'get',
  path: '/models/{model}/samples',
  summary: 'Some test images of the run that a version came from; it was not trained on them',
  params: reference,
  answer: z.object({
    samples: z.array(
      z.object({ run: z.string(), file: z.string().describe('See getImage'), label: z.string() }),
    ),
    missing: z.string().nullable().describe('Why there are none'),
  }),
});

export type Sample = z.infer<typeof listSamples.answer>['samples'][number];
