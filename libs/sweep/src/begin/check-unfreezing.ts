import { readExperiment, type Experiment, type ModelSettings } from '@thaw/experiment';
import { unfreezeProblems, withBatchNorm } from '@thaw/model';

/**
 * Throws UserError, with the file's line, where a trial would train nothing of its backbone since the batch normalisation of its
 * weights stays frozen: which weights have it folded in is known only once they are read. `isFolded` is asked of models whose
 * paths are seen from `directory`.
 */
export function checkUnfreezing(
  { text, file, set }: Pick<Experiment, 'text' | 'file' | 'set'>,
  directory: string,
  isFolded: (model: ModelSettings) => boolean,
): void {
  const checks = ({ model }: { model: ModelSettings }) =>
    unfreezeProblems(withBatchNorm(model, isFolded(model)));
  readExperiment(text, file, { set, checks, directory });
}
