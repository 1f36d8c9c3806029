import { z } from 'zod';
import { operation } from '../operation.ts';
import { comparedRuns } from './comparison.ts';

const page = z.string().meta({ description: 'HTML that needs no other file, as an attachment' });

export const getRunReport = operation({
  id: 'getRunReport',
  method: 'get',
  path: '/runs/{run}/report',
  summary: 'A run as one HTML file that anybody can open',
  params: z.object({ run: z.string() }),
  answer: page,
  answerType: 'text/html',
});

export const getSweepReport = operation({
  id: 'getSweepReport',
  method: 'get',
  path: '/sweeps/{sweep}/report',
  summary: 'A sweep as one HTML file that anybody can open',
  params: z.object({ sweep: z.string() }),
  answer: page,
  answerType: 'text/html',
});

export const getComparisonReport = operation({
  id: 'getComparisonReport',
  method: 'get',
  path: '/comparison/report',
  summary: 'Runs beside each other as one HTML file that anybody can open',
  query: comparedRuns,
  answer: page,
  answerType: 'text/html',
});
