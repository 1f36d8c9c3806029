import { sweptPaths, type LocatedMistake } from '@thaw/experiment';
import type { CheckedExperiment } from '@thaw/sweep/check';
import type * as z from 'zod';
import type { checkExperiment, MistakeDocument } from '../../api/operations/experiments.ts';
import { imagesOf } from '../jobs/images-of.ts';
import { inWords } from '../../api/remedy-words.ts';

/** A checked experiment as the API says it; its paths are relative to `directory`. */
export function checkedDocument(
  checked: CheckedExperiment,
  directory: string,
): z.input<typeof checkExperiment.answer> {
  if (checked.mistakes) return { mistakes: checked.mistakes.map(mistakeDocument), experiment: null };
  const { experiment, trials } = checked;
  const { name, description, method, metric, parameters, notes } = experiment;
  return {
    mistakes: [],
    experiment: {
      ...{ name, description, method, metric, notes },
      swept: sweptPaths(parameters),
      trials: Number.isFinite(trials) ? trials : null,
      program: 'program' in experiment,
      folder: imagesOf(experiment, directory)?.images.path ?? null,
    },
  };
}

function mistakeDocument({ line, column, path, message, remedy }: LocatedMistake): MistakeDocument {
  const words = remedy && inWords({ message: '', remedy }).replace(/^[;.,\s]+/, '');
  return { line, column, path, message, remedy: words === '' ? null : words };
}
