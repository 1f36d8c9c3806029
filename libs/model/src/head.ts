import type { Layer } from '@thaw/compute';
import type { ModelSettings } from '@thaw/experiment';

type HeadSettings = Pick<ModelSettings, 'head_units' | 'head_dropout' | 'head_batch_norm'>;

const output = 'predictions';

/**
 * The classifier's layers, from the features named to probabilities. Behind each hidden Dense(units, relu), or behind the features
 * where there is none (`head_units: 0`), come batch normalisation and dropout; Dense(classes, softmax) is last. Named as Keras
 * names them: `dense`, `dense_1`, ...
 */
export function buildHead(input: string, settings: HeadSettings, classes: number): Layer[] {
  const { head_units: units, head_dropout: rate = 0, head_batch_norm: normalized = false } = settings;
  const hidden = typeof units === 'number' ? [units].filter((count) => count > 0) : units;
  const layers: Layer[] = [];
  const last = () => [layers.at(-1)?.name ?? input];
  for (let i = 0; i < Math.max(hidden.length, 1); i++) {
    const name = (kind: string) => (i === 0 ? kind : `${kind}_${i}`);
    if (i < hidden.length) {
      layers.push({
        type: 'Dense',
        name: name('dense'),
        inputs: last(),
        units: hidden[i]!,
        activation: 'relu',
      });
    }
    if (normalized) {
      // Keras's own momentum and epsilon.
      const statistics = { epsilon: 1e-3, momentum: 0.99 };
      layers.push({
        type: 'BatchNormalization',
        name: name('batch_normalization'),
        inputs: last(),
        ...statistics,
      });
    }
    if (rate > 0) layers.push({ type: 'Dropout', name: name('dropout'), inputs: last(), rate });
  }
  return [...layers, { type: 'Dense', name: output, inputs: last(), units: classes, activation: 'softmax' }];
}

/** Whether a layer of this name is a head's, of whatever settings. */
export function isHeadLayer(name: string): boolean {
  return name === output || /^(dense|batch_normalization|dropout)(_\d+)?$/.test(name);
}
