import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programArguments } from '@thaw/base/testing';
import { Random } from '@thaw/base';
import { openStore, type SweepRecord } from '@thaw/tracking';

export interface ChaosOptions {
  readonly runsDir: string;
  readonly trials: number;
  readonly workers: number;
  /** How often the coordinator is killed. */
  readonly kills: number;
  readonly seed: number;
  /** Kills the coordinator, where the test that waits for it is given up. */
  readonly signal?: AbortSignal;
}

export interface ChaosResult {
  readonly sweep: SweepRecord;
  /** Runs that finished, by the number of their trial. */
  readonly finished: ReadonlyMap<number, number>;
  readonly runs: number;
  /** How often a trial was killed, stopped or blocked, whether or not a coordinator lived to see it. */
  readonly faults: number;
  readonly damaged: number;
}

/** Runs a sweep whose trials are killed, stopped and blocked at random, and whose coordinator is killed and resumed. */
export async function runChaos({
  runsDir,
  trials,
  workers,
  kills,
  seed,
  signal,
}: ChaosOptions): Promise<ChaosResult> {
  const random = new Random('coordinator', seed);
  let id: string | null = null;
  for (let start = 0; start <= kills; start++) {
    const after = start < kills ? 1 + random.int(Math.ceil((1.5 * trials) / (kills + 1))) : null;
    const args = [runsDir, String(trials), String(workers), ...(id === null ? [] : [id])];
    id = await session(args, after, signal);
  }
  const store = openStore(runsDir);
  const { runs, damaged } = await store.runs();
  const sweep = await store.sweep(id!);
  const finished = new Map<number, number>();
  for (const { state, number } of runs) {
    if (state === 'finished') finished.set(number, (finished.get(number) ?? 0) + 1);
  }
  const ledger = readFileSync(join(runsDir, 'ledger.txt'), 'utf8').split('\n');
  const faults = ledger.filter((line) => line.endsWith(' suffered')).length;
  return { sweep, finished, runs: runs.length, faults, damaged: damaged.length };
}

/** One life of the coordinator, killed once it has said that so many trials ended; null lets it end. Gives the sweep's id. */
async function session(
  args: readonly string[],
  killAfter: number | null,
  signal: AbortSignal | undefined,
): Promise<string> {
  const program = join(import.meta.dirname, 'coordinator.ts');
  const child = spawn(process.execPath, [...programArguments(program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
    killSignal: 'SIGKILL',
  });
  const exited = once(child, 'exit');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (killAfter !== null && said.split('\n').length - 2 >= killAfter) child.kill('SIGKILL');
  });
  const [code, killed] = (await exited) as [number | null, string | null];
  if (code !== 0 && killed !== 'SIGKILL') throw new Error(`the coordinator ended with ${code ?? killed}`);
  return said.split('\n')[0]!;
}
