import * as z from 'zod';
import { operation } from '../operation.ts';
import { comparedRuns } from './comparison.ts';

const page = z.string().meta({ description: 'HTML that needs no other file, as an attachment' });

const curves = {
  curve: z.string().optional().describe('The metric of the curves; accuracy and loss where it is left out'),
  log: z.literal('true').optional().describe('Their axis is logarithmic'),
  smoothing: z.coerce.number().min(0).max(0.99).optional().describe('The weight of what came before'),
};

export const getRunReport = operation({
  id: 'getRunReport',
  method: 'get',
  path: '/runs/{run}/report',
  summary: 'A run as one HTML file that anybody can open',
  params: z.object({ run: z.string() }),
  query: z.object({
    ...curves,
    score: z.enum(['recall', 'f1', 'precision']).optional().describe('What is told of each class'),
  }),
  answer: page,
  answerType: 'text/html',
});

export const getSweepReport = operation({
  id: 'getSweepReport',
  method: 'get',
  path: '/sweeps/{sweep}/report',
  summary: 'A sweep as one HTML file that anybody can open',
  params: z.object({ sweep: z.string() }),
  query: z.object({
    along: z.string().optional().describe('Of the two parameters over which the metric is drawn, one'),
    up: z.string().optional().describe('The other; where one is left out, the first that varies'),
  }),
  answer: page,
  answerType: 'text/html',
});

export const getComparisonReport = operation({
  id: 'getComparisonReport',
  method: 'get',
  path: '/comparison/report',
  summary: 'Runs beside each other as one HTML file that anybody can open',
  query: comparedRuns.extend(curves),
  answer: page,
  answerType: 'text/html',
});
