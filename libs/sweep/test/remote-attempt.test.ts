import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { RemoteAttempt } from '../src/distributed/remote-attempt.ts';
import { TrackerRefusal, type TrackerClient } from '../src/distributed/tracker-client.ts';
import { provenance } from './chaos/trivial-records.ts';
import { epoch, summary } from './support/fixtures.ts';

/** A tracker that answers when it is told to, and what it was asked meanwhile. */
function slowTracker() {
  const asked: { first: number; events: { record: { epoch: number } }[]; judge: boolean }[] = [];
  const answers: (() => void)[] = [];
  const client = {
    call: (_method: string, _path: string, body: (typeof asked)[number]) => {
      asked.push(body);
      return new Promise((resolve) => answers.push(() => resolve({ stop: false, prune: body.judge })));
    },
  } as unknown as TrackerClient;
  const attempt = new RemoteAttempt({
    client,
    sweep: 'sweep',
    number: 0,
    worker: 'worker',
    provenance: {} as never,
  });
  const epochs = () => asked.map(({ events }) => events.map(({ record }) => record.epoch));
  return { attempt, asked, epochs, answer: () => answers.shift()!() };
}

it('renews its lease once at a time, however often it is asked, and then tells all that has come meanwhile', async () => {
  const { attempt, epochs, answer } = slowTracker();
  attempt.epoch(epoch(1, 1));
  const first = attempt.report();
  await expect.poll(epochs).toEqual([[1]]);
  attempt.epoch(epoch(2, 1));
  const more = Array.from({ length: 100 }, () => attempt.report());
  attempt.epoch(epoch(3, 1));
  answer();
  await first;
  await expect.poll(epochs).toEqual([[1], [2, 3]]);
  const again = attempt.report();
  answer();
  await Promise.all(more);
  await expect.poll(epochs).toEqual([[1], [2, 3], []]);
  answer();
  expect(await again).toEqual({ stop: false, prune: false });
});

it('asks for a verdict of its own while a renewal waits', async () => {
  const { attempt, asked, epochs, answer } = slowTracker();
  const renewals = [attempt.report()];
  await expect.poll(epochs).toEqual([[]]);
  renewals.push(attempt.report());
  attempt.epoch(epoch(1, 1));
  const verdict = attempt.report(epoch(1, 1));
  for (const count of [2, 3]) {
    answer();
    await expect.poll(epochs).toHaveLength(count);
  }
  answer();
  expect(await verdict).toEqual({ stop: false, prune: true });
  expect(epochs()).toEqual([[], [1], [1]]);
  expect(asked.map(({ judge }) => judge)).toEqual([false, false, true]);
  await Promise.all(renewals);
});

it('tells a tracker that was restarted of all folds again, of which pruners compare each', async () => {
  const asked: { folds_so_far?: { fold: number }[] }[] = [];
  let isLost = false;
  const client = {
    call: (method: string, _path: string, body: (typeof asked)[number]) => {
      if (method === 'PUT') isLost = false;
      else if (isLost)
        return Promise.reject(new TrackerRefusal({ refusal: 'lost', message: 'no such attempt' }));
      else asked.push(body);
      return Promise.resolve({ stop: false, prune: false });
    },
  } as unknown as TrackerClient;
  const attempt = new RemoteAttempt({ client, sweep: 's', number: 0, worker: 'w', provenance });
  const tell = async (fold: number) => attempt.report({ ...epoch(fold, 1), fold });
  await tell(1);
  await tell(2);
  isLost = true;
  await tell(3);
  expect(asked.map(({ folds_so_far }) => folds_so_far?.map(({ fold }) => fold))).toEqual([
    [1],
    [2],
    [1, 2, 3],
  ]);
});

it('brings the networks of folds, which lie in folders of the model, and nothing that is no file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-remote-'));
  try {
    for (const name of ['model/frozen/model.json', 'model/fold-2/weights.bin', 'groups.json', 'run.json']) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), name);
    }
    const sent: string[] = [];
    const client = {
      call: (method: string, url: string) => {
        if (method === 'PUT') sent.push(url.slice(url.indexOf('/files/') + '/files/'.length));
        return Promise.resolve({});
      },
    } as unknown as TrackerClient;
    const attempt = new RemoteAttempt({ client, sweep: 's', number: 0, worker: 'w', provenance });
    await attempt.deliver({ state: 'finished', summary: summary(0.9, 0.5) }, folder, null);
    expect(sent).toEqual(['groups.json', 'model/fold-2/weights.bin', 'model/frozen/model.json']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
