/**
 * 500 experiment files and 500 tables that were changed at random: each is read or refused with one message that says where. Another
 * process reads them; it is ended where one takes longer than 10 s, and what it holds is measured.
 *
 *   npx tsx bench/fuzz-texts.ts [--count 500] [--seed 0]
 */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzCases, prepareFuzz } from '../test/support/fuzz-texts.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '500' },
    seed: { type: 'string', default: '0' },
    folder: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
});
const count = Number(values.count);
const longestMs = 10_000;
const mostBytes = 2e9;

interface Told {
  readonly at: number;
  readonly outcome: string;
  readonly ms: number;
  readonly rss: number;
}

if (values.folder !== undefined) await readAll(values.folder, Number(values.from));
else process.exitCode = await watch();

async function readAll(folder: string, from: number): Promise<void> {
  for (const [at, { name, text, read }] of fuzzCases(folder, count, Number(values.seed)).entries()) {
    if (at < from) continue;
    const begun = performance.now();
    const outcome = await read().catch((error: unknown) => {
      return `defect in ${name}: ${String(error)}\n${JSON.stringify(text.slice(0, 1000))}`;
    });
    const told: Told = {
      at,
      outcome,
      ms: performance.now() - begun,
      rss: process.resourceUsage().maxRSS * 1024,
    };
    process.send!(told);
  }
}

async function watch(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-fuzz-'));
  const outcomes = new Map<string, number>();
  const add = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  let [at, slowest, rss] = [0, 0, 0];
  try {
    await prepareFuzz(folder);
    while (at < 2 * count) {
      const child = fork(import.meta.filename, [
        ...['--folder', folder],
        ...['--count', String(count)],
        ...['--seed', values.seed],
        ...['--from', String(at)],
      ]);
      await new Promise<void>((resolve) => {
        // The first message waits for the libs to be read.
        let timer = setTimeout(() => child.kill('SIGKILL'), 10 * longestMs);
        child.on('message', (told: Told) => {
          clearTimeout(timer);
          timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
          at = told.at + 1;
          slowest = Math.max(slowest, told.ms);
          rss = Math.max(rss, told.rss);
          add(told.outcome);
        });
        child.on('exit', () => {
          clearTimeout(timer);
          resolve();
        });
      });
      if (at < 2 * count) add(`no answer in ${longestMs} ms, or the end of the process: case ${at++}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const [outcome, times] of outcomes) console.log(`${times} ${outcome}`);
  console.log(`slowest ${slowest.toFixed(0)} ms, at most ${(rss / 1e6).toFixed(0)} MB`);
  const good = (outcomes.get('read') ?? 0) + (outcomes.get('refused') ?? 0);
  return good === 2 * count && slowest < longestMs && rss < mostBytes ? 0 : 1;
}
