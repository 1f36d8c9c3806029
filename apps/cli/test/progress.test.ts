import { describe, expect, it } from 'vitest';
import { throttledObserver, TrialGauge, type TrialEvent } from '@thaw/sweep';
import { epoch, job, summary } from '@thaw/sweep/testing';
import { createProgress } from '../src/progress/create-progress.ts';

function setup(isTTY: boolean) {
  let now = 0;
  let text = '';
  const stream = {
    isTTY,
    columns: 200,
    write: (chunk: string) => (text += chunk) !== '',
    cursorTo: () => true,
    on: () => undefined,
  } as unknown as NodeJS.WriteStream;
  const progress = createProgress({ stream, trials: 4, workers: 2, clock: () => now });
  return {
    progress,
    text: () => text,
    after(seconds: number) {
      now += seconds * 1000;
    },
  };
}

describe('progress without a terminal', () => {
  it('says one line for a trial that ends soon, whatever happens in it', () => {
    const { progress, text, after } = setup(false);
    const first = job(0, { 'model.head_units': 64 });
    progress.event(0, first, { type: 'run', run: 'r' });
    for (let i = 1; i <= 100; i++) {
      after(0.02);
      progress.event(0, first, { type: 'phase', name: 'features', done: i, total: 100 });
      progress.event(0, first, { type: 'epoch', record: epoch(i, 0.02) });
    }
    progress.ended(first, { state: 'finished', summary: summary(0.875, 0.5) });
    expect(text()).toBe(
      'trial 0 (head_units=64) finished in 2.0 s: 12 epochs, val accuracy 0.8750, test accuracy 0.5000, gap +0.3750' +
        '  [1/4 trials, about 6.0 s left]\n',
    );
  });

  it('says nothing of a test set that a trial did not look at, whatever it was for', () => {
    const { progress, text } = setup(false);
    const sealed = { ...summary(0.875, Number.NaN), gap: Number.NaN };
    progress.ended(job(0), { state: 'finished', summary: sealed });
    expect(text()).toMatch(/: 12 epochs, val accuracy 0\.8750 {2}\[1\/4/);
  });

  it('says a line for each long epoch', () => {
    const { progress, text, after } = setup(false);
    progress.event(0, job(3), { type: 'run', run: 'r' });
    for (const number of [1, 2]) {
      after(6);
      progress.event(0, job(3), { type: 'epoch', record: epoch(number, 6) });
    }
    expect(text()).toBe(
      'trial 3  training  epoch 2/10  loss 0.5000 accuracy 0.7500  val loss 0.6000 accuracy 0.7000  100 images/s  at most 54.0 s left\n' +
        'trial 3  training  epoch 3/10  loss 0.5000 accuracy 0.7500  val loss 0.6000 accuracy 0.7000  100 images/s  at most 48.0 s left\n',
    );
  });

  it('goes by the epochs that ended folds took, in the median', () => {
    let now = 0;
    const settings = { ...job(3).settings, split: { ...job(3).settings.split, folds: 5 } };
    const gauge = new TrialGauge({ ...job(3), settings }, now);
    const train = (fold: number, from: number, to: number, before: number) => {
      for (let i = from; i <= to; i++) {
        now += 2000;
        const record = { ...epoch(before + i, 2), fold, fold_epoch: i };
        gauge.update({ type: 'epoch', record }, now);
      }
    };
    train(1, 1, 4, 0);
    // Of 5 folds of 10 epochs 46 are left.
    expect(gauge.text(now)).toContain('fold 1/5  epoch 5/10');
    expect(gauge.text(now)).toContain('at most 1 min 32 s left');
    train(2, 1, 1, 4);
    // 3 epochs of this fold and 4 of each of the others, as the first fold took.
    expect(gauge.text(now)).toContain('about 30.0 s left');
    train(2, 2, 6, 4);
    train(3, 1, 1, 10);
    // The median of 4 and 6.
    expect(gauge.secondsLeft(now)).toBeCloseTo(2 * (4 + 5 + 5), 6);
    train(3, 2, 10, 10);
    // This one takes longer than they did.
    expect(gauge.secondsLeft(now)).toBeCloseTo(2 * (5 + 5), 6);
  });

  it('says a line after ten silent seconds', () => {
    const { progress, text, after } = setup(false);
    progress.event(0, job(0), { type: 'phase', name: 'features', done: 0, total: 100 });
    after(9);
    progress.event(0, job(0), { type: 'phase', name: 'features', done: 20, total: 100 });
    after(1);
    progress.event(0, job(0), { type: 'phase', name: 'features', done: 25, total: 100 });
    after(1);
    progress.event(0, job(0), { type: 'phase', name: 'features', done: 30, total: 100 });
    expect(text()).toBe('trial 0  features  25/100  30.0 s left\n');
  });

  it.each([
    [
      { state: 'failed', error: 'the loss is NaN' },
      'trial 0 failed after 0.0 s: the loss is NaN  [1/4 trials',
    ],
    [{ state: 'interrupted' }, 'trial 0 was interrupted after 0.0 s\n'],
  ] as const)('says how a trial ended: %j', (outcome, line) => {
    const { progress, text } = setup(false);
    progress.ended(job(0), outcome);
    expect(text()).toContain(line);
  });
});

describe('progress on a terminal', () => {
  it('shows a bar for each worker and one for the sweep, and keeps a line for each trial that ended', () => {
    const { progress, text, after } = setup(true);
    progress.event(1, job(7), { type: 'phase', name: 'features', done: 1, total: 2 });
    after(1);
    progress.ended(job(7), { state: 'failed', error: 'no memory' });
    progress.close();
    progress.close();
    expect(text()).toContain('worker 1');
    expect(text()).toContain('1/4 trials, about 3.0 s left');
    progress.note('later');
    expect(text()).toMatch(/later\n$/);
  });
});

describe('how far a trial is', () => {
  it('counts all epochs while it trains, and begins a phase anew when it comes again', () => {
    const gauge = new TrialGauge(job(0), 0);
    expect(gauge.text(0)).toBe('trial 0  starting');
    expect(gauge.doing(0)).toBe('starting');
    gauge.update({ type: 'phase', name: 'features', done: 50, total: 100 }, 1000);
    expect(gauge.fraction()).toBe(0.5);
    gauge.update({ type: 'epoch', record: epoch(4, 1) }, 2000);
    expect(gauge.fraction()).toBe(0.4);
    gauge.update({ type: 'batch', done: 32, total: 64, imagesPerSecond: 10 }, 3000);
    expect(gauge.fraction()).toBeCloseTo(0.45, 12);
    gauge.update({ type: 'phase', name: 'features', done: 100, total: 100 }, 3500);
    expect(gauge.text(3500)).toContain('training');
    gauge.update({ type: 'phase', name: 'features', done: 10, total: 100 }, 4000);
    gauge.update({ type: 'phase', name: 'features', done: 20, total: 100 }, 6000);
    expect(gauge.secondsLeft(6000)).toBeCloseTo(8, 12);
  });
});

describe('messages of a trial process', () => {
  it('are every epoch, and of the steps of a phase the first, the last and one every 100 ms', () => {
    let now = 0;
    const events: TrialEvent[] = [];
    const observer = throttledObserver((event) => events.push(event), { now: () => now });
    for (let done = 1; done <= 50; done++) {
      observer.phase('features', done, 50);
      now += 10;
    }
    observer.phase('evaluation', 1, 9);
    observer.batch(1, 5, 10);
    observer.batch(5, 5, 10);
    observer.epoch(epoch(1, 1));
    expect(
      events.map((event) => (event.type === 'phase' ? `${event.name} ${event.done}` : event.type)),
    ).toEqual([
      ...[1, 11, 21, 31, 41, 50].map((done) => `features ${done}`),
      'evaluation 1',
      'batch',
      'epoch',
    ]);
  });
});
