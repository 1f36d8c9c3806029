import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TrialEvent, TrialJob, TrialOutcome, TrialPruner } from './executor.ts';
import type { PoolMessage, TrialMessage } from './messages.ts';

interface CurrentTrial {
  readonly observe: (event: TrialEvent) => void;
  readonly settle: (outcome: TrialOutcome) => void;
  readonly prune?: TrialPruner;
}

/** How much of a process's last words is kept, in characters. */
const lastWordsLimit = 8192;

/** How long the pipe of a process that has ended is read for them. */
const drainMs = 200;

/** One child process that runs trials, one at a time. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #current: CurrentTrial | null = null;
  #lastWords = '';
  #alive = true;
  #ending = false;

  /** `module` is a TypeScript file; `log` is given what the process writes to its standard streams. */
  constructor(module: URL, log: (text: string) => void) {
    this.#child = fork(fileURLToPath(module), {
      execArgv: inheritedArguments(process.execArgv),
      // Keeps NaN and typed arrays as they are.
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#lastWords = (this.#lastWords + text).slice(-lastWordsLimit);
        log(text);
      });
    }
    this.#child.on('message', (message) => {
      this.#receive(message as TrialMessage);
    });
    this.#gone = new Promise((resolve) => {
      const end = (reason: string) => {
        this.#alive = false;
        this.#settle(this.#ending ? { state: 'interrupted' } : { state: 'failed', error: reason });
        resolve();
      };
      this.#child.once('exit', (code, signal) => {
        const finish = () => {
          end(deathReason(code, signal, this.#lastWords));
        };
        // Its last words may still be in the pipe, which a process that it has left behind can keep open.
        const timer = setTimeout(finish, drainMs);
        this.#child.once('close', () => {
          clearTimeout(timer);
          finish();
        });
      });
      this.#child.on('error', (error) => {
        if (this.#child.pid === undefined) end(`its process could not be started: ${error.message}`);
      });
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Resolves when the trial has ended or the process with it. */
  run(job: TrialJob, observe: (event: TrialEvent) => void, prune?: TrialPruner): Promise<TrialOutcome> {
    return new Promise((settle) => {
      this.#current = { observe, settle, prune };
      this.#send({ type: 'trial', job, asks: prune !== undefined });
    });
  }

  /** Asks the running trial to end as interrupted. */
  stop(): void {
    this.#ending = true;
    this.#send({ type: 'stop' });
  }

  /** Ends the process now; a trial that runs in it counts as interrupted. */
  kill(): void {
    this.#ending = true;
    this.#child.kill('SIGKILL');
  }

  /** Lets an idle process go and waits for its end, which is forced after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.#gone;
    clearTimeout(timer);
  }

  #receive(message: TrialMessage): void {
    if (message.type === 'done') this.#settle(message.outcome);
    else if (message.type === 'verdict-wanted') {
      this.#send({ type: 'verdict', prune: this.#current?.prune?.(message.record) ?? false });
    } else this.#current?.observe(message);
  }

  #settle(outcome: TrialOutcome): void {
    const current = this.#current;
    this.#current = null;
    current?.settle(outcome);
  }

  #send(message: PoolMessage): void {
    // A process that has just died cannot be told; its end settles the trial.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

/** The parent's own Node options, and tsx, found from here so that the working directory does not matter. */
function inheritedArguments(own: readonly string[]): string[] {
  const others = own.filter(
    (argument, i) =>
      argument !== '--import' && own[i - 1] !== '--import' && !argument.startsWith('--inspect'),
  );
  return [...others, '--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}

function deathReason(code: number | null, signal: NodeJS.Signals | null, lastWords: string): string {
  const lines = lastWords.split('\n').filter((line) => line.trim() !== '');
  const said = lines.find((line) => /^(\w*Error\b|FATAL ERROR)/.test(line)) ?? lines.at(-1);
  const words = said === undefined ? '' : `: ${said.trim().slice(0, 300)}`;
  if (signal === 'SIGKILL') {
    return `the process was killed by SIGKILL (the system does that when memory runs out)${words}`;
  }
  if (signal !== null) return `the process was killed by ${signal}${words}`;
  return `the process ended with exit code ${code ?? 'unknown'}${words}`;
}
