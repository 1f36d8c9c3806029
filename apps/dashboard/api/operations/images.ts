import * as z from 'zod';
import { operation } from '../operation.ts';
import { runParams } from '../schemas.ts';
import { jobSchema } from './jobs.ts';

const layout = z.enum(['pca', 'umap']);
export type LayoutName = z.output<typeof layout>;
const list = z.object({ of: z.string().describe('`list` of the answer of listImages') });
const places = z.array(z.number().nullable());

/** In the order of the numbers that images have for them. */
export const splitNames = ['train', 'validation', 'test'] as const;

export const listImages = operation({
  id: 'listImages',
  method: 'get',
  path: '/runs/{run}/images',
  summary:
    'All images that are known of a run, and what it said of them: a list for each thing, in one order',
  params: runParams,
  answer: z.object({
    list: z.string().describe('Stands for this list of images where sheets and layouts of it are asked for'),
    classes: z.array(z.string()),
    unit: z.enum(['group', 'photograph', 'scene']).describe('What images of one group have in common'),
    groups: z.array(z.string()),
    files: z.array(z.string()).describe('Paths relative to the data set'),
    splits: z.array(z.int()).describe(`0: ${splitNames[0]}, 1: ${splitNames[1]}, 2: ${splitNames[2]}`),
    labels: z.array(z.int()).describe('Places in `classes`'),
    predicted: z.array(z.int().nullable()).describe('Places in `classes`; null where nothing was said'),
    confidence: z.array(z.number().nullable()).describe('The probability of what was predicted'),
    group: z.array(z.int().nullable()).describe('Places in `groups`; null where none is known'),
    pictures: z.string().nullable().describe('Why there are no pictures of them; null where there are'),
    notes: z.array(z.string()).describe('What is missing'),
  }),
});

export type ImageList = z.output<typeof listImages.answer>;

export const getSprites = operation({
  id: 'getSprites',
  method: 'get',
  path: '/runs/{run}/sprites/{sheet}',
  summary:
    'Small pictures of 36 images of a run, 6 in a row, 80 pixels each; sheet 0 has the first of the list',
  params: runParams.extend({ sheet: z.coerce.number().int().min(0) }),
  query: list,
  answer: z.string().meta({ format: 'binary' }),
  answerType: 'image/jpeg',
});

export const getMap = operation({
  id: 'getMap',
  method: 'get',
  path: '/runs/{run}/map',
  summary:
    'Which layouts there are of the images of a run, those that its backbone finds alike near to one another',
  params: runParams,
  answer: z.object({
    layouts: z.array(layout).describe('Principal components at once, UMAP when it is ready'),
    missing: z.string().nullable().describe('Why there can be none'),
    job: jobSchema
      .nullable()
      .describe('The last that drew it since the server began; null where there was none'),
  }),
});

export const getLayout = operation({
  id: 'getLayout',
  method: 'get',
  path: '/runs/{run}/map/{layout}',
  summary: 'Where the images of a run lie on its map, from -1 to 1, in the order of listImages',
  params: runParams.extend({ layout }),
  query: list,
  answer: z.object({
    x: places.describe('Null for an image that is not on the map'),
    y: places,
    shares: z
      .tuple([z.number(), z.number()])
      .readonly()
      .nullable()
      .describe("Of the variance of the backbone's features, along x and y; null for UMAP"),
  }),
});

export const drawMap = operation({
  id: 'drawMap',
  method: 'post',
  path: '/runs/{run}/map',
  summary: 'Starts to lay the images of a run out on a map; getMap tells how far that is',
  description: 'One job at a time for each run: 409 where it has one. The answer comes at once.',
  params: runParams,
  body: z.strictObject({}).prefault({}),
  answer: jobSchema,
});

export const cancelMap = operation({
  id: 'cancelMap',
  method: 'delete',
  path: '/runs/{run}/map',
  summary: 'Stops drawing the map of a run; what was computed is kept for the next time',
  params: runParams,
  answer: jobSchema,
});
