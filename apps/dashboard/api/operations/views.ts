import * as z from 'zod';
import { operation } from '../operation.ts';
import { yamlSchema } from './experiments.ts';
import { jobSchema } from './jobs.ts';

const about = z.object({ images: z.string().describe('That of the answer of startViews') });

const answer = z.object({
  images: z
    .string()
    .describe('Which images: their folder, absolute, or the name of the source that draws them'),
  sheet: z.string().nullable().describe('Names the picture for getViewsSheet; null until it is there'),
  job: jobSchema.nullable().describe('The last that was asked for; null where there was none'),
});

export const startViews = operation({
  id: 'startViews',
  method: 'post',
  path: '/views',
  summary:
    'Starts to draw what the augmentation of an experiment makes of its images; getViews tells how far that is',
  description:
    'Twelve training images, each as it is and as the first six epochs of the first trial that augments them would show it. They are found and checked as at the start of a sweep; nothing is trained. One at a time for each folder: 409 where it has one.',
  body: z.strictObject({ yaml: yamlSchema }),
  answer,
});

export const getViews = operation({
  id: 'getViews',
  method: 'get',
  path: '/views',
  summary: 'Augmented views that were asked for since the server was started',
  query: about,
  answer,
});

export const cancelViews = operation({
  id: 'cancelViews',
  method: 'delete',
  path: '/views',
  summary: 'Stops drawing; which images could be read is kept for the next time',
  query: about,
  answer,
});

export const getViewsSheet = operation({
  id: 'getViewsSheet',
  method: 'get',
  path: '/views/sheet',
  summary: 'The picture of augmented views: an image a row',
  query: about.extend({ of: z.string().describe('`sheet` of getViews') }),
  answer: z.string().meta({ format: 'binary' }),
  answerType: 'image/png',
});
