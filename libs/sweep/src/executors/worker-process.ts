import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EpochRecord } from '@thaw/experiment';
import { deathReason } from './death-reason.ts';
import type { Job, TrialEvent, TrialOutcome, TrialPruner } from './executor.ts';
import type { Consumer } from './memory-guard.ts';
import type { PoolMessage, TrialMessage } from './messages.ts';
import { argumentsFor, inheritedArguments } from './node-arguments.ts';
import { endProgram } from './program/end-program.ts';
import { Watchdog, type Patience } from './watchdog.ts';

interface CurrentTrial {
  readonly observe: (event: TrialEvent) => void;
  readonly settle: (outcome: TrialOutcome) => void;
  readonly prune?: TrialPruner;
  readonly watchdog: Watchdog;
}

export interface WorkerProcessOptions {
  /** A program, in TypeScript or not, that speaks the messages of `messages.ts`. */
  readonly module: URL;
  readonly patience: Patience;
  /** Whether it starts others, which are to end with it. */
  readonly startsPrograms: boolean;
  /** Given what the process writes to its standard streams. */
  readonly log: (text: string) => void;
}

/** How much of a process's last words is kept, in characters. */
const lastWordsLimit = 8192;

/** How long the pipe of a process that has ended is read for them. */
const drainMs = 200;

/** How long a process may take to end the programs that it has started. */
const ownEndMs = 2000;

/** One child process that runs trials, one at a time. */
export class WorkerProcess<J extends Job> implements Consumer {
  readonly #patience: Patience;
  readonly #startsPrograms: boolean;
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #current: CurrentTrial | null = null;
  /** Those of the last trial, which the process still has. */
  #groups: Job['groups'];
  #lastWords = '';
  #alive = true;
  #ending = false;
  #memoryBytes = 0;
  /** The program that the running trial has started. */
  #program: number | null = null;
  /** Why this side has ended the process. */
  #reason: string | null = null;

  constructor({ module, patience, startsPrograms, log }: WorkerProcessOptions) {
    this.#patience = patience;
    this.#startsPrograms = startsPrograms;
    this.#child = fork(fileURLToPath(module), {
      execArgv: [...inheritedArguments(process.execArgv), ...argumentsFor(module)],
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
        // It may have had no time to do that itself.
        if (this.#program !== null) endProgram(this.#program, 'SIGKILL');
        this.#settle(this.#ending ? { state: 'interrupted' } : { state: 'failed', error: reason });
        resolve();
      };
      this.#child.once('exit', (code, signal) => {
        const finish = () => {
          end(this.#reason ?? deathReason(code, signal, this.#lastWords));
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

  /** What it last said that it holds. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /** Resolves when the trial has ended or the process with it. */
  run(job: J, observe: (event: TrialEvent) => void, prune?: TrialPruner): Promise<TrialOutcome> {
    return new Promise((settle) => {
      const watchdog = new Watchdog(this.#patience, (reason) => {
        this.end(`${reason}, so its process was ended`);
      });
      this.#ending = false;
      this.#current = { observe, settle, prune, watchdog };
      const sameGroups = job.groups === this.#groups;
      this.#groups = job.groups;
      const sent = sameGroups ? { ...job, groups: undefined } : job;
      this.#send({ type: 'trial', job: sent, sameGroups, asks: prune !== undefined });
    });
  }

  /** Asks the running trial to end as interrupted after its running epoch. */
  stop(): void {
    this.#ending = true;
    this.#send({ type: 'stop' });
  }

  /** Ends the process now; a trial that runs in it has failed for this reason. */
  end(reason: string): void {
    this.#reason = reason;
    this.#destroy();
  }

  /** Ends the process now; a trial that runs in it counts as interrupted. */
  kill(): void {
    this.#ending = true;
    this.#destroy();
  }

  /** Lets an idle process go and waits for its end, which is forced after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    await this.#gone;
    clearTimeout(timer);
  }

  /** One that has started others ends them first; it is told by the end of its connection, and ended itself soon after. */
  #destroy(): void {
    const end = () => this.#child.kill('SIGKILL');
    if (!this.#startsPrograms || !this.#child.connected) end();
    else {
      this.#child.disconnect();
      setTimeout(end, ownEndMs).unref();
    }
  }

  #receive(message: TrialMessage): void {
    if (message.type === 'done') {
      this.#program = null;
      this.#settle(message.outcome);
      return;
    }
    this.#current?.watchdog.sign(message.type !== 'alive');
    if (message.type === 'alive') this.#memoryBytes = message.memoryBytes;
    else if (message.type === 'started') this.#program = message.pid;
    else if (message.type === 'verdict-wanted') {
      void this.#judge(message.record);
    } else this.#current?.observe(message);
  }

  async #judge(record: EpochRecord): Promise<void> {
    this.#send({ type: 'verdict', prune: (await this.#current?.prune?.(record)) ?? false });
  }

  #settle(outcome: TrialOutcome): void {
    const current = this.#current;
    this.#current = null;
    current?.watchdog.stop();
    current?.settle(outcome);
  }

  #send(message: PoolMessage<J>): void {
    // A process that has just died cannot be told; its end settles the trial.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}
