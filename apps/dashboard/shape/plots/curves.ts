import { smooth } from './smooth.ts';

export interface CurveEpoch {
  readonly epoch: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly val_loss: number | null;
  readonly val_accuracy: number | null;
  /** Of a trial with folds: which training, from 1, and the epoch's number in it. */
  readonly fold?: number | undefined;
  readonly fold_epoch?: number | undefined;
}

export type CurveKind = 'loss' | 'accuracy';

export interface Curve {
  readonly part: 'training' | 'validation';
  readonly epochs: readonly number[];
  /** Smoothed; null where it is no finite number, or on a log axis not above 0, so that the line breaks there. */
  readonly values: readonly (number | null)[];
  readonly raw: readonly (number | null)[];
}

export interface CurveOptions {
  readonly kind: CurveKind;
  /** Inside [0, 1). */
  readonly smoothing: number;
  readonly log: boolean;
}

/** The curves of one run on training and validation images; a curve of which nothing is known is left out. */
export function curves(epochs: readonly CurveEpoch[], { kind, smoothing, log }: CurveOptions): Curve[] {
  const parts = [
    ['training', kind],
    ['validation', `val_${kind}`],
  ] as const;
  const drawable = (value: number) => (Number.isFinite(value) && (!log || value > 0) ? value : null);
  return parts.flatMap(([part, key]) => {
    const raw = epochs.map((epoch) => epoch[key] ?? Number.NaN);
    if (!raw.some((value) => Number.isFinite(value))) return [];
    return [
      {
        part,
        epochs: epochs.map(({ epoch }) => epoch),
        values: smooth(raw, smoothing).map(drawable),
        raw: raw.map(drawable),
      },
    ];
  });
}
