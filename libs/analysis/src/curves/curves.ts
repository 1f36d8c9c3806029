import { metricPart } from '@thaw/experiment';
import { smooth } from './smooth.ts';

/** An epoch with its figures by name: those of Thaw's own metrics and, of other programs' runs, those that they logged. */
export interface CurveEpoch {
  readonly epoch: number;
  /** Of a trial with folds: which training, from 1, and the epoch's number in it. */
  readonly fold?: number | undefined;
  readonly fold_epoch?: number | undefined;
  readonly [figure: string]: unknown;
}

const always = ['loss', 'accuracy'];
const noFigures = ['epoch', 'fold', 'fold_epoch', 'seconds', 'images_per_second'];

/** What there is a curve of: the metrics that some epoch has, on training or validation images; loss and accuracy always. */
export function curveKinds(epochs: readonly CurveEpoch[]): string[] {
  return [...new Set([...always, ...figureNames(epochs).map(kindOf)])];
}

/** The curve to begin with: loss, where it is known. */
export function firstKind(epochs: readonly CurveEpoch[]): string {
  const kinds = figureNames(epochs).map(kindOf);
  return always.find((kind) => kinds.includes(kind)) ?? kinds[0] ?? 'loss';
}

/** The names of the figures that some epoch has. */
function figureNames(epochs: readonly CurveEpoch[]): string[] {
  const names = new Set<string>();
  for (const epoch of epochs) for (const name in epoch) if (isNumber(epoch[name])) names.add(name);
  return [...names].filter((name) => !noFigures.includes(name));
}

/** `val/loss` is drawn with `loss`, a figure on test images by itself. */
function kindOf(name: string): string {
  const { part, metric } = metricPart(name);
  return part === 'test' ? name : metric;
}

function isNumber(value: unknown): value is number {
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
  readonly kind: string;
  /** Inside [0, 1). */
  readonly smoothing: number;
  readonly log: boolean;
}

/** The curves of one run on training and validation images; a curve of which nothing is known is left out. */
export function curves(epochs: readonly CurveEpoch[], { kind, smoothing, log }: CurveOptions): Curve[] {
  const drawable = (value: number) => (Number.isFinite(value) && (!log || value > 0) ? value : null);
  const names = figureNames(epochs).filter((name) => kindOf(name) === kind);
  return (['training', 'validation'] as const).flatMap((part) => {
    const [name] = names.filter((each) => (metricPart(each).part === 'val') === (part === 'validation'));
    if (name === undefined) return [];
    const known = epochs.filter((epoch) => epoch[name] !== undefined);
    const raw = known.map((epoch) => (isNumber(epoch[name]) ? epoch[name] : Number.NaN));
    return [
      {
        part,
        epochs: known.map(({ epoch }) => epoch),
        values: smooth(raw, smoothing).map(drawable),
        raw: raw.map(drawable),
      },
    ];
  });
}
