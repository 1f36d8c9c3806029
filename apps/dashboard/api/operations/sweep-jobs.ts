import * as z from 'zod';
import { operation } from '../operation.ts';
import { yamlSchema } from './experiments.ts';
import { progressSchema } from './jobs.ts';

const sweep = z.object({ sweep: z.string() });

/** As many trials at once as a sweep may be told to run. */
export const mostWorkers = 256;

const workers = z
  .int()
  .min(1)
  .max(mostWorkers)
  .describe('Trials that run at once; as many as cores and memory allow when left out');

const sweepWorkerSchema = z
  .object({
    id: z.string().describe('Of one worker as long as it runs this trial'),
    host: z.string().nullable().describe('The machine of a worker elsewhere; null for a process here'),
    trial: z.int(),
    run: z.string().nullable().describe('Null until its run is made'),
    since: z.string().nullable().describe('When the trial began (ISO 8601); null where nobody here can say'),
    doing: z.string().nullable().describe('How far the trial is, in words; null where nobody here can say'),
    stopping: z.boolean().describe('Whether the trial was asked to end'),
  })
  .meta({ id: 'SweepWorker' });

export const sweepJobSchema = z
  .object({
    sweep: z.string(),
    state: z
      .enum(['none here', 'running', 'stopping', 'finished', 'failed', 'cancelled'])
      .describe(
        'Of the last session that this server has run: `cancelled` was stopped and can be resumed, `failed` could not begin or go on, `none here` where it has run none',
      ),
    recorded: z
      .boolean()
      .describe('Whether the sweep is kept yet: not before its images, weights and memory were checked'),
    elsewhere: z.boolean().describe('Whether another process runs the sweep, such as the command line'),
    resumable: z.boolean().describe('Whether trials are left that a resumed sweep would run'),
    progress: progressSchema.nullable().describe('Null where no session runs here'),
    error: z.string().nullable().describe('Why it failed'),
    wanted_workers: z.int().nullable().describe('How many trials may run at once; null where nobody knows'),
    queue: z.object({
      waiting: z.int().nullable().describe('Trials that have not begun; null where nobody can say'),
      running: z.int(),
      finished: z.int().describe('With those that were pruned'),
      failed: z.int(),
      interrupted: z.int().describe('That run again when the sweep is resumed'),
    }),
    workers: z.array(sweepWorkerSchema),
    log: z.object({
      cursor: z.int().describe('To be given as `since` the next time'),
      lines: z.array(z.string()).describe('What came since, the last thousand at most'),
      missed: z.int().describe('Lines between `since` and the first of these that are no longer kept'),
    }),
    notes: z.array(z.string()).describe('What to know about how it is done'),
  })
  .meta({
    id: 'SweepJob',
    description:
      'A session of a sweep in a process of its own, which ends with the server; what was done is kept, and the sweep can be resumed',
  });

export type SweepJobDocument = z.infer<typeof sweepJobSchema>;

export const startSweep = operation({
  id: 'startSweep',
  method: 'post',
  path: '/sweeps',
  summary: 'Starts a sweep, as the command `sweep` does; getSweepJob tells how far it is',
  description:
    'The answer comes at once, with the id of the sweep, which getSweep knows once it is `recorded`. 400 for a file with mistakes, as checkExperiment lists them.',
  body: z.strictObject({ yaml: yamlSchema, workers: workers.optional() }),
  answer: sweepJobSchema,
});

export const getSweepJob = operation({
  id: 'getSweepJob',
  method: 'get',
  path: '/sweeps/{sweep}/job',
  summary: 'How far a sweep is: its queue, its workers, its log and what was said of it',
  params: sweep,
  query: z.object({
    since: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .describe('The cursor of an earlier answer: only lines that have come since'),
  }),
  answer: sweepJobSchema,
});

export const changeSweepJob = operation({
  id: 'changeSweepJob',
  method: 'patch',
  path: '/sweeps/{sweep}/job',
  summary: 'Changes how many trials of a running sweep run at once; trials that run go on to their end',
  description: '409 for a sweep that this server does not run.',
  params: sweep,
  body: z.strictObject({ workers }),
  answer: sweepJobSchema,
});

export const stopSweep = operation({
  id: 'stopSweep',
  method: 'post',
  path: '/sweeps/{sweep}/stop',
  summary: 'Stops a sweep, as Ctrl-C does: after the running epoch of each trial; it can be resumed',
  description:
    'Also one that another process runs, which is asked to. The answer comes at once. With `now`, or asked again, trials end at once (409 where another process runs the sweep).',
  params: sweep,
  body: z.strictObject({ now: z.boolean().default(false) }).prefault({}),
  answer: sweepJobSchema,
});

export const resumeSweep = operation({
  id: 'resumeSweep',
  method: 'post',
  path: '/sweeps/{sweep}/resume',
  summary: 'Runs what is missing of a sweep, as `sweep --resume` does',
  description: '409 while it runs, here or elsewhere, and where nothing is left to run.',
  params: sweep,
  body: z
    .strictObject({
      workers: workers.optional(),
      retry_failed: z.boolean().default(false).describe('Failed trials are run once more, too'),
    })
    .prefault({}),
  answer: sweepJobSchema,
});

export const stopTrial = operation({
  id: 'stopTrial',
  method: 'post',
  path: '/sweeps/{sweep}/trials/{trial}/stop',
  summary: 'Ends one running trial after its epoch; the sweep goes on, and runs it again when it is resumed',
  description: '409 for a trial that does not run, or a sweep that this server does not run.',
  params: sweep.extend({ trial: z.coerce.number().int().min(0) }),
  body: z.strictObject({}).prefault({}),
  answer: sweepJobSchema,
});
