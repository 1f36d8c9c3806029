import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stopSignals } from './stop-signals.ts';

/**
 * Bytes of arguments with which the program still runs itself. Where a process was started with some 28 KB of them, as a shell makes of
 * `images/*.jpeg`, ONNX Runtime 1.30 ends it when a network is opened (seen on Linux).
 */
const longest = 8192;

/**
 * What the user has typed behind the program's name. THAW_ARGUMENTS names the file that has it for a program that was started again, and
 * is taken from the environment, so that what this program starts does not read it.
 */
export function typedArguments({ argv, env }: Pick<NodeJS.Process, 'argv' | 'env'>): string[] {
  const { THAW_ARGUMENTS: file } = env;
  delete env.THAW_ARGUMENTS;
  return file === undefined ? argv.slice(2) : (JSON.parse(readFileSync(file, 'utf8')) as string[]);
}

/** Whether a process was started with too many of them. */
export function areLong(argv: readonly string[]): boolean {
  return Buffer.byteLength(argv.join(' ')) > longest;
}

/** Starts the program once more with its arguments in a file, and returns its exit code. */
export async function runWithArgumentsInFile(args: readonly string[]): Promise<number> {
  const file = join(await mkdtemp(join(tmpdir(), 'thaw-arguments-')), 'arguments.json');
  try {
    await writeFile(file, JSON.stringify(args));
    const program = spawn(process.execPath, [...process.execArgv, process.argv[1]!], {
      env: { ...process.env, THAW_ARGUMENTS: file },
      stdio: 'inherit',
    });
    // The program decides when it ends.
    for (const signal of stopSignals) process.on(signal, () => program.kill(signal));
    const [code, signal] = (await once(program, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + constants.signals[signal!];
  } finally {
    await rm(dirname(file), { recursive: true, force: true });
  }
}
