/** The program of a trial process that starts a program of the user's own, watches it and keeps what it reports. */
import { collectProvenance, type Provenance } from '@thaw/tracking';
import type { ProgramJob } from '../executor.ts';
import { serveTrials } from '../serve-trials.ts';
import { residentBytes } from '../usage/consumption.ts';
import { endProgram } from './end-program.ts';
import { executeProgram } from './execute-program.ts';

let provenance: Promise<Provenance> | null = null;
let running: number | null = null;

serveTrials<ProgramJob>(
  async (job, served) => {
    const started = (pid: number) => {
      running = pid;
      served.started(pid);
    };
    provenance ??= collectProvenance({ directory: job.directory });
    return executeProgram(job, { ...served, provenance: await provenance, started }).finally(() => {
      running = null;
    });
  },
  {
    memoryBytes: () => process.memoryUsage.rss() + (running === null ? 0 : residentBytes(running)),
    onOrphaned: () => {
      if (running !== null) endProgram(running, 'SIGKILL');
    },
  },
);
