import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sum, UserError } from '@thaw/base';

const counter = new URL('count-cost.mjs', import.meta.url).href;

/** What a command took. */
export interface CommandCost {
  /** From its start to its end. */
  readonly seconds: number;
  /** Of all Node.js processes that it started, user and system, threads included. */
  readonly cpuSeconds: number;
  /** The most memory that one of them has held. */
  readonly peakMemoryBytes: number;
  /** Its standard output. */
  readonly output: string;
}

export interface CommandOptions {
  /** The folder that it runs in; this one by default. */
  readonly cwd?: string;
  /** What it ends with where all is well; 0 by default. */
  readonly exitCode?: number;
}

/** Runs a program with arguments and counts what it takes. UserError when it ends otherwise than it should. */
export async function runCommand(
  command: readonly string[],
  { cwd, exitCode = 0 }: CommandOptions = {},
): Promise<CommandCost> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-cost-'));
  try {
    const file = join(folder, 'costs');
    const env = { ...process.env, NODE_OPTIONS: `--import ${counter}`, THAW_BENCH_COST: file };
    const start = performance.now();
    const { ended, output, told } = await ran(command, { cwd, env });
    const seconds = (performance.now() - start) / 1000;
    if (ended !== exitCode) throw new UserError(`${command.join(' ')} failed:\n${told.trim()}`);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const costs = lines.map((line) => JSON.parse(line) as Omit<CommandCost, 'seconds' | 'output'>);
    return {
      seconds,
      cpuSeconds: sum(costs.map(({ cpuSeconds }) => cpuSeconds)),
      peakMemoryBytes: Math.max(...costs.map(({ peakMemoryBytes }) => peakMemoryBytes)),
      output,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a TypeScript program is started with. */
export function scriptCommand(script: string, ...args: string[]): string[] {
  return [process.execPath, '--import', 'tsx', script, ...args];
}

interface Ran {
  readonly ended: number | null;
  readonly output: string;
  /** The end of its standard errors. */
  readonly told: string;
}

async function ran(
  [program, ...args]: readonly string[],
  options: { readonly cwd: string | undefined; readonly env: NodeJS.ProcessEnv },
): Promise<Ran> {
  const child = spawn(program!, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told = (told + chunk.toString()).slice(-2000)));
  const ended = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { ended, output, told };
}
