/**
 * The program of a trial process in the chaos test: records a trial of a few milliseconds as `execute-trial.ts` does, and at a
 * random moment of some attempts is killed, stopped or blocked. CHAOS_FAULTS is the share of such attempts, CHAOS_STEP_MS how long
 * a step takes at most.
 */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import type { TrialJob } from '../../src/executors/executor.ts';
import type { PoolMessage, TrialMessage } from '../../src/executors/messages.ts';
import { epoch, provenance, summary } from './trivial-records.ts';

const aliveMs = 200;
const epochs = 3;
const faultyShare = Number(process.env.CHAOS_FAULTS ?? 0.35);
const stepMs = Number(process.env.CHAOS_STEP_MS ?? 20);
const faults = ['kill', 'stop', 'freeze'] as const;

process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  process.exit();
});
setInterval(() => {
  send({ type: 'alive', memoryBytes: process.memoryUsage.rss() });
}, aliveMs).unref();
process.on('message', (message: PoolMessage) => {
  if (message.type === 'trial') void run(message.job);
});

async function run(job: TrialJob): Promise<void> {
  const { sweep, number, parameters, settings, runsDir } = job;
  mkdirSync(runsDir, { recursive: true });
  const ledger = join(runsDir, 'ledger.txt');
  const attempt = attempts(ledger, number);
  appendFileSync(ledger, `${number} begun\n`);
  const random = new Random('chaos', number, attempt);
  const fault = random.uniform() < faultyShare ? faults[random.int(faults.length)] : undefined;
  const moment = random.int(epochs + 2);
  const writer = await openStore(runsDir).createRun({ sweep, number, parameters, settings, provenance });
  send({ type: 'run', run: writer.id });
  for (let step = 0; step <= epochs; step++) {
    if (step === moment) suffer(fault, ledger);
    await sleep(random.uniform(0, stepMs));
    if (step === epochs) break;
    writer.logEpoch(epoch(step + 1));
    send({ type: 'epoch', record: epoch(step + 1) });
  }
  await writer.flush();
  await writer.finish(summary, []);
  appendFileSync(ledger, `${number} finished\n`);
  // After its record is whole and before anybody hears of it.
  if (moment > epochs) suffer(fault, ledger);
  send({ type: 'done', outcome: { state: 'finished', summary } });
}

function suffer(fault: (typeof faults)[number] | undefined, ledger: string): void {
  if (fault === undefined) return;
  appendFileSync(ledger, `${fault} suffered\n`);
  if (fault === 'kill') process.kill(process.pid, 'SIGKILL');
  if (fault === 'stop') process.kill(process.pid, 'SIGSTOP');
  while (fault === 'freeze') void 0;
}

function attempts(ledger: string, number: number): number {
  try {
    return readFileSync(ledger, 'utf8')
      .split('\n')
      .filter((line) => line === `${number} begun`).length;
  } catch {
    return 0;
  }
}

function send(message: TrialMessage): void {
  if (process.connected) process.send!(message, () => undefined);
}
