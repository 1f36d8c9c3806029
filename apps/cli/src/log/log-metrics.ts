import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { readReportWords } from '@thaw/sweep/report';
import { logUrlFile, openStore } from '@thaw/tracking';

export interface LogMetricsOptions {
  readonly run: string;
  /** `name=value` each. */
  readonly words: readonly string[];
  readonly step: string | null;
  readonly runsDir: string;
}

/** Hands metrics to the process that keeps the run of a program; it says what is wrong with them. */
export async function logMetrics({ run, words, step, runsDir }: LogMetricsOptions): Promise<void> {
  const given = step === null ? words : [`step=${step}`, ...words];
  const report = readReportWords(given, 'log RUN-ID NAME=NUMBER... --step N');
  if ('mistake' in report) throw new UserError(`log: ${report.mistake}`);
  const url = await logUrl(run, runsDir, process.env);
  const body = JSON.stringify({ ...report.metrics, ...(report.step !== null && { step: report.step }) });
  const response = await fetch(url, { method: 'POST', body }).catch((error: unknown) => {
    throw new UserError(`log: run ${run} takes no more metrics: its program, or its sweep, has ended`, {
      cause: error,
      kind: 'conflict',
    });
  });
  if (!response.ok) throw new UserError(`log: ${await response.text()}`);
}

/** Where a run takes reports: its own program knows from its environment, others from a file in the run's folder. */
async function logUrl(query: string, runsDir: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const { THAW_RUN_ID: own, THAW_LOG_URL: ownUrl } = environment;
  if (ownUrl !== undefined && query !== '' && own?.startsWith(query)) return ownUrl;
  const store = openStore(runsDir);
  const { id, state } = await store.run(query);
  const url = await readFile(join(store.runFolder(id), logUrlFile), 'utf8').catch(() => null);
  if (state === 'running' && url !== null) return url.trim();
  const found = state === 'running' ? 'that no program of your own runs in' : `that has ended (${state})`;
  throw new UserError(
    `log: found run ${id}, ${found}; allowed: a run of a sweep with program: FILE, while its program runs`,
    { kind: 'conflict' },
  );
}
