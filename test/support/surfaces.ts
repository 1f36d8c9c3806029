import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompareDocument, RunResults, ValidationResults } from '@thaw/analysis/recorded';
import { vi } from 'vitest';
// The one place that knows both apps, to hold what they say beside each other.
/* eslint-disable @nx/enforce-module-boundaries */
import { runCompare } from '../../apps/cli/src/runs/run-compare.ts';
import { showRun } from '../../apps/cli/src/runs/show-run.ts';
import { GET as compareOverHttp } from '../../apps/dashboard/app/api/v1/comparison/route.ts';
import { GET as describeOverHttp } from '../../apps/dashboard/app/api/v1/comparison/runs/route.ts';
import { GET as resultsOverHttp } from '../../apps/dashboard/app/api/v1/runs/[run]/results/route.ts';
/* eslint-enable @nx/enforce-module-boundaries */

/** A document and what a command printed beside it. */
export interface Said<T> {
  readonly document: T;
  readonly text: string;
}

/** What the command line and the HTTP API say of one folder of runs; the pages show what the API answers. */
export class Surfaces {
  readonly #runsDir: string;

  constructor(runsDir: string) {
    this.#runsDir = runsDir;
    process.env['THAW_RUNS_DIR'] = runsDir;
    delete (globalThis as { thawStore?: unknown }).thawStore;
  }

  /** `runs compare`. */
  compare(runs: readonly string[]): Promise<Said<CompareDocument>> {
    return said((output) => runCompare({ runsDir: this.#runsDir, runs, output }));
  }

  /** `runs show`. */
  show(
    run: string,
  ): Promise<Said<{ readonly results: RunResults; readonly validation: ValidationResults | null }>> {
    return said((output) => showRun({ runsDir: this.#runsDir, run, output }));
  }

  /** `GET /comparison`, which the compare page shows. */
  comparison(runs: readonly string[]): Promise<CompareDocument> {
    return answer(compareOverHttp, `comparison?${query(runs)}`);
  }

  /** The results in `GET /comparison/runs`, which the compare page shows, too. */
  async described(runs: readonly string[]): Promise<RunResults[]> {
    const found = await answer<{ runs: { results: RunResults }[] }>(
      describeOverHttp,
      `comparison/runs?${query(runs)}`,
    );
    return found.runs.map(({ results }) => results);
  }

  /** The same of a run whose test set is sealed. */
  sealed(run: string): Promise<SaidOfSealed> {
    return answer(resultsOverHttp, `runs/${run}/results`, { run });
  }

  /** `GET /runs/{run}/results`, which the page of a run shows. */
  async results(run: string): Promise<RunResults> {
    return (await answer<{ results: RunResults }>(resultsOverHttp, `runs/${run}/results`, { run })).results;
  }
}

/** What an answer says of a run whose test set is sealed. */
export interface SaidOfSealed {
  readonly results: null;
  readonly missing: string;
  readonly validation: ValidationResults;
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function answer<T>(handler: Handler, path: string, params: Record<string, string> = {}): Promise<T> {
  const request = new Request(`http://127.0.0.1/api/v1/${path}`);
  const response = await handler(request, { params: Promise.resolve(params) });
  const body = (await response.json()) as T;
  if (!response.ok) throw new Error(JSON.stringify(body));
  return body;
}

function query(runs: readonly string[]): string {
  return new URLSearchParams(runs.map((run): [string, string] => ['run', run])).toString();
}

async function said<T>(command: (output: string) => Promise<void>): Promise<Said<T>> {
  const output = join(mkdtempSync(join(tmpdir(), 'thaw-said-')), 'document.json');
  let text = '';
  const writing = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  try {
    await command(output);
  } finally {
    writing.mockRestore();
  }
  return { document: JSON.parse(readFileSync(output, 'utf8')) as T, text };
}
