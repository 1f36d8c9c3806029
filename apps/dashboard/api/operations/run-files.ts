import * as z from 'zod';
import { operation } from '../operation.ts';
import { runParams } from '../schemas.ts';

export const getImage = operation({
  id: 'getImage',
  method: 'get',
  path: '/runs/{run}/images/{path}',
  summary: 'An image that a run names; its path, relative to the data set, may have several parts',
  params: runParams.extend({ path: z.string() }),
  answer: z.string().meta({ format: 'binary' }),
  answerType: 'image/*',
});

export const getAugmentation = operation({
  id: 'getAugmentation',
  method: 'get',
  path: '/runs/{run}/augmentation',
  summary:
    'What the augmentation of a run makes of twelve of its validation images: a picture of the first epochs',
  params: runParams,
  answer: z.string().meta({ format: 'binary' }),
  answerType: 'image/png',
});

export const getFile = operation({
  id: 'getFile',
  method: 'get',
  path: '/runs/{run}/files/{path}',
  summary: "One file of a run's folder; its path may have several parts",
  params: runParams.extend({ path: z.string() }),
  answer: z.string().meta({ format: 'binary' }),
  answerType: 'application/octet-stream',
});

export const listFiles = operation({
  id: 'listFiles',
  method: 'get',
  path: '/runs/{run}/files',
  summary: "The files of a run's folder, and the end of its log",
  params: runParams,
  answer: z.object({
    files: z.array(z.object({ name: z.string(), bytes: z.number() })),
    log: z.string().describe('The last 64 kB at most'),
  }),
});
