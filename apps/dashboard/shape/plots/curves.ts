import { metricNames, type MetricName } from '@thaw/experiment';
import { smooth } from './smooth.ts';

type Figures = Readonly<Partial<Record<CurveKind | `val_${CurveKind}`, number | null>>>;

export interface CurveEpoch extends Figures {
  readonly epoch: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly val_loss: number | null;
  readonly val_accuracy: number | null;
  /** Of a trial with folds: which training, from 1, and the epoch's number in it. */
  readonly fold?: number | undefined;
  readonly fold_epoch?: number | undefined;
}

export type CurveKind = MetricName;

/** The metrics that some epoch has, on training or validation images; loss and accuracy always. */
export function curveKinds(epochs: readonly CurveEpoch[]): CurveKind[] {
  return metricNames.filter(
    (name) =>
      ['loss', 'accuracy'].includes(name) ||
      epochs.some((epoch) => isNumber(epoch[name]) || isNumber(epoch[`val_${name}`])),
  );
}

function isNumber(value: number | null | undefined): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

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
