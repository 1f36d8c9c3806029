import type { Settings } from '@thaw/experiment';
import { buildModel, cutNetwork, multiplyAdds } from '@thaw/model';
import { mixes } from '@thaw/training';
import type { Pace } from './measure-pace.ts';

/** A kind of trial by one of its trials, and how long its parts take. */
export interface MeasuredKind {
  readonly settings: Settings;
  readonly pace: Pace;
}

/** Multiply-adds that an image takes. */
interface Work {
  /** Of frozen layers, in inference, where not every step does it again. */
  readonly frozen: number;
  /** Of a step: what trains goes forward and has gradients of weights and of inputs. */
  readonly step: number;
}

/**
 * The pace of trials that were not measured, from the nearest kind that was: of the same scenario, then of the same backbone, then of
 * about as many multiply-adds. It is to that one's as the multiply-adds are. Where those of either are not known it is as it was
 * measured, of the same backbone before the same scenario. `measured` is not empty.
 */
export function scaledPace(settings: Settings, measured: readonly MeasuredKind[]): Pace {
  const own = workOf(settings);
  const [nearest] = measured
    .map((kind) => {
      const work = workOf(kind.settings);
      const isOther = Number(kind.settings.model.backbone !== settings.model.backbone);
      const isAlike = takesTimeAlike(settings, kind.settings);
      const isUnlike = Number(!isAlike);
      if (!own || !work) return { ...kind, work, isAlike, distance: 4 * isOther + isUnlike, times: 0 };
      const times = Math.abs(Math.log(ratio(own.frozen + own.step, work.frozen + work.step)));
      return { ...kind, work, isAlike, distance: 2 * isUnlike + isOther, times };
    })
    .sort((a, b) => a.distance - b.distance || a.times - b.times);
  const { pace, work, isAlike, settings: other } = nearest!;
  if (!own || !work) return withViews(pace, viewsOf(other), viewsOf(settings));
  if (isAlike) {
    const frozen = ratio(own.frozen, work.frozen);
    return {
      ...pace,
      featuresOfImage: pace.featuresOfImage * frozen,
      viewOfImage: pace.viewOfImage * frozen,
      stepOfImage: pace.stepOfImage * ratio(own.step, work.step),
    };
  }
  // A step of mixed images has what frozen layers take in it.
  const seconds = { one: pace.featuresOfImage, kept: pace.viewOfImage, mixed: 0 }[viewsOf(other)];
  const rate = (seconds + pace.stepOfImage) / (work.frozen + work.step);
  const frozen = own.frozen * rate;
  const viewOfImage = viewsOf(settings) === 'kept' ? frozen : 0;
  return { ...pace, featuresOfImage: frozen, viewOfImage, stepOfImage: own.step * rate };
}

/** Whether the time of two trials goes into the same parts. */
function takesTimeAlike(a: Settings, b: Settings): boolean {
  return a.model.scenario === b.model.scenario && viewsOf(a) === viewsOf(b);
}

/** What becomes of the views of an image: there is one; frozen layers are computed of each in advance; or in each step. */
type Views = 'one' | 'kept' | 'mixed';

function viewsOf({ augmentation }: Settings): Views {
  if (augmentation === null) return 'one';
  return mixes(augmentation) ? 'mixed' : 'kept';
}

/** A pace whose frozen layers are computed of other views than they were measured on. */
function withViews(pace: Pace, measured: Views, views: Views): Pace {
  if (measured === views) return pace;
  const frozen = measured === 'kept' ? pace.viewOfImage : pace.featuresOfImage;
  const trained = measured === 'mixed' ? Math.max(0, pace.stepOfImage - frozen) : pace.stepOfImage;
  return {
    ...pace,
    viewOfImage: views === 'kept' ? frozen : 0,
    stepOfImage: views === 'mixed' ? trained + frozen : trained,
  };
}

/** Null where an ONNX file is part of it. */
function workOf(settings: Settings): Work | null {
  // How many classes there are hardly matters.
  const { network, trainable } = buildModel(settings.model, 2);
  if (network.layers.some(({ type }) => type === 'OnnxGraph')) return null;
  const { prefix, suffix } = cutNetwork(network, trainable);
  const frozen = prefix ? multiplyAdds(prefix) : 0;
  const trained = 3 * multiplyAdds(suffix);
  return viewsOf(settings) === 'mixed' ? { frozen: 0, step: trained + frozen } : { frozen, step: trained };
}

/** 1 where either takes nothing. */
function ratio(own: number, other: number): number {
  return own === 0 || other === 0 ? 1 : own / other;
}
