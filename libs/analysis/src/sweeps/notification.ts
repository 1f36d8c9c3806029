import { duration, fixed, signed } from '@thaw/base';
import type { SweepRecord } from '@thaw/tracking';
import { sweepRow } from './sweep-row.ts';

/**
 * What is posted when a sweep ends: its state, its best trial, and the command that shows it. `text` says it in words, as Slack
 * and programs like it show it, and `content` as Discord does.
 */
export function notification(
  sweep: SweepRecord,
  { command, error }: { readonly command: string; readonly error: string | null },
) {
  const { id, name, metric, seconds, planned, trials, best, state: recorded } = sweepRow(sweep);
  const state = error === null ? recorded : 'failed';
  const done = trials.finished ?? 0;
  const all = planned ?? Object.values(trials).reduce((sum, count) => sum + count, 0);
  const after = seconds === null ? '' : ` after ${duration(seconds)}`;
  const gap =
    best?.gap == null ? '' : `, test accuracy ${fixed(best.test_accuracy, 4)} (gap ${signed(best.gap, 4)})`;
  const text = [
    `Sweep ${name} ${words[state]}${after}: ${done} of ${all} trials finished.`,
    ...(error === null ? [] : [error]),
    ...(best ? [`Best: trial ${best.trial}, ${metric.name} ${fixed(best.value, 4)}${gap}.`] : []),
    `To look at it: ${command}`,
  ].join('\n');
  return {
    ...{ event: 'sweep_ended', sweep: id, name, state, seconds, metric, planned, trials, best, error },
    ...{ command, text, content: text.slice(0, mostLetters) },
  };
}

/** Discord refuses more. */
const mostLetters = 2000;

const words = {
  running: 'runs',
  finished: 'has finished',
  failed: 'has failed',
  interrupted: 'was interrupted',
} as const;
