import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import type { promoteRun, RunningPromotion } from '../../api/operations/models.ts';
import { Problem } from '../../api/problem.ts';

/** What lets Node run TypeScript. */
const typescript = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const commandLine = join(import.meta.dirname, '../../../cli/src/main.ts');

export interface Promotion {
  readonly name: string;
  /** Exactly one of both. */
  readonly run?: string | undefined;
  readonly sweep?: string | undefined;
  readonly alias?: string | undefined;
}

type Step = Omit<RunningPromotion, 'model'>;

/** Runs `promote` as the command line does, in a process of its own, one at a time. */
export class Promotions {
  readonly #runsDir: string;
  #underWay: { readonly model: string; step: Step } | null = null;

  constructor(runsDir: string) {
    this.#runsDir = runsDir;
  }

  /** The promotion that is under way, if there is one, and how far it is. */
  underWay(): RunningPromotion[] {
    return this.#underWay ? [{ model: this.#underWay.model, ...this.#underWay.step }] : [];
  }

  /** What `promote --output` writes. Throws Problem with the command's own words where it refuses, and while another one is under way. */
  async promote(promotion: Promotion): Promise<z.output<typeof promoteRun.answer>> {
    if (this.#underWay) {
      throw new Problem(
        409,
        `a promotion to ${this.#underWay.model} is under way; try again when it has ended`,
      );
    }
    const underWay = {
      model: promotion.name,
      step: { phase: 'reading the run', done: null, total: null } as Step,
    };
    this.#underWay = underWay;
    const folder = await mkdtemp(join(tmpdir(), 'thaw-promotion-'));
    try {
      const output = join(folder, 'promote.json');
      const args = options({ ...promotion, output, 'runs-dir': this.#runsDir });
      const { code, said } = await runCommand(args, (step) => (underWay.step = step));
      if (code !== 0) throw new Problem(422, lastWords(said));
      return JSON.parse(await readFile(output, 'utf8')) as z.output<typeof promoteRun.answer>;
    } finally {
      this.#underWay = null;
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** `--name=value`, so that no value is taken for an option. */
function options(values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
}

async function runCommand(
  args: readonly string[],
  onStep: (step: Step) => void,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', typescript, commandLine, 'promote', ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const end = () => child.kill();
  process.once('exit', end);
  let said = '';
  child.on('message', (step) => {
    onStep(step as Step);
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  process.off('exit', end);
  return { code, said };
}

/** The error that a command ends with; progress stands before it. */
function lastWords(said: string): string {
  return said.trim().split('\n').at(-1) ?? '';
}
