import { counted } from '@thaw/base';
import { fineTuning, headEpochs, type Settings } from '@thaw/experiment';
import { buildModel } from '@thaw/model';

/**
 * A sentence on `training.gradual_unfreezing` where training ends before all blocks that the scenario trains have joined, with what
 * would reach them. Of several trials that with the most such blocks is named; null where each trains all.
 */
export function unfreezingNote(trials: readonly Pick<Settings, 'model' | 'training'>[]): string | null {
  const [worst] = trials.flatMap(unreached).sort((a, b) => b.never - a.never);
  if (!worst) return null;
  const { never, of, epochs, reaching } = worst;
  const found = `${never} of ${counted(of, 'block')} never train in ${counted(epochs, 'epoch')}`;
  return `training.gradual_unfreezing: ${found}; blocks: ${reaching.blocks}, or training.epochs: ${reaching.epochs}, reaches all`;
}

/** The blocks that a trial never trains; nothing where there are none. */
function unreached(settings: Pick<Settings, 'model' | 'training'>) {
  const { model, training } = settings;
  const { gradual_unfreezing: gradual, epochs } = training;
  if (!gradual || !fineTuning.includes(model.scenario)) return [];
  // What trains does not depend on the number of classes.
  const { trainable, depths } = buildModel(model, 2);
  const blocks = new Set([...trainable].flatMap((layer) => depths.get(layer) ?? []));
  const alone = headEpochs(settings);
  const times = Math.ceil((epochs - alone) / gradual.epochs);
  const never = [...blocks].filter((depth) => depth > times * gradual.blocks).length;
  if (never === 0) return [];
  const deepest = Math.max(...blocks);
  const last = Math.ceil(deepest / gradual.blocks) - 1;
  const reaching = { blocks: Math.ceil(deepest / times), epochs: alone + last * gradual.epochs + 1 };
  return [{ never, of: blocks.size, epochs, reaching }];
}
