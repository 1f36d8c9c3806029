import type { EpochRecord } from '@thaw/experiment';
import type { Job, TrialEvent, TrialOutcome } from './executor.ts';
import type { PoolMessage, TrialMessage } from './messages.ts';

const aliveMs = 1000;

/** What a trial is given by the process that it runs in. */
export interface Served {
  /** Aborted where the trial is to end as interrupted. */
  readonly signal: AbortSignal;
  readonly send: (event: TrialEvent) => void;
  /** Asked after each report that another would follow; true ends the trial there as pruned. Absent where nobody would answer. */
  readonly prune?: (record: EpochRecord) => Promise<boolean>;
  /** Says that a program was started, so that it can be ended when this process is killed. */
  readonly started: (pid: number) => void;
}

export interface ServeTrialsOptions {
  readonly memoryBytes: () => number;
  /** Before this process ends because its parent is gone. */
  readonly onOrphaned?: () => void;
}

/**
 * Makes this process one that runs the trials that its parent sends, one at a time, and ends with its parent. It does not listen
 * to Ctrl-C, which a terminal sends to all processes: the parent says when to stop.
 */
export function serveTrials<J extends Job>(
  run: (job: J, served: Served) => Promise<TrialOutcome>,
  { memoryBytes, onOrphaned = () => undefined }: ServeTrialsOptions,
): void {
  let abort = new AbortController();
  let groups: Job['groups'];
  let hearVerdict: (prune: boolean) => void = () => undefined;
  const prune = (record: EpochRecord) =>
    new Promise<boolean>((resolve) => {
      hearVerdict = resolve;
      send({ type: 'verdict-wanted', record });
    });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => {
    onOrphaned();
    process.exit();
  });
  setInterval(() => {
    send({ type: 'alive', memoryBytes: memoryBytes() });
  }, aliveMs).unref();
  process.on('message', (message: PoolMessage<J>) => {
    if (message.type === 'stop') abort.abort();
    else if (message.type === 'verdict') hearVerdict(message.prune);
    else {
      abort = new AbortController();
      const started = (pid: number) => {
        send({ type: 'started', pid });
      };
      const served = { signal: abort.signal, send, started, ...(message.asks && { prune }) };
      if (!message.sameGroups) groups = message.job.groups;
      void run({ ...message.job, groups }, served).then((outcome) => {
        send({ type: 'done', outcome });
      });
    }
  });
}

function send(message: TrialMessage): void {
  // The parent may be gone already; then `disconnect` ends this process.
  if (process.connected) process.send!(message, () => undefined);
}
