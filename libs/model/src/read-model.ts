import { UserError } from '@thaw/base';
import {
  ExperimentError,
  isOnnxPath,
  readExperiment,
  settingsSchema,
  show,
  type ModelSettings,
  type Problem,
} from '@thaw/experiment';
import { modelProblems } from './model-problems.ts';
import { fixedImageSize } from './onnx-backbone/fixed-image-size.ts';

const ofInput = /^\s*model\.input\b/;

/**
 * The usual model with a backbone, of the image size that a file takes alone; `set` says what an ONNX file's input is (path=value,
 * within `model.input`). Throws UserError for another path in `set` and for what cannot be, with a line for each mistake: `nameOf` says
 * what the setting of a path is called where it was given.
 */
export function readModel(
  backbone: string,
  set: readonly string[],
  nameOf: (path: string) => string,
): ModelSettings {
  const other = set.find((each) => !ofInput.test(each));
  if (other !== undefined) {
    throw new UserError(`set ${other}: allowed: settings of model.input, such as model.input.mean=0.5`, {
      remedy: { do: 'change', input: 'set' },
    });
  }
  const side = fixedImageSize(backbone) ?? undefined;
  const fits = settingsSchema.safeParse({ model: { image_size: side } }).success;
  const model = { backbone, image_size: fits ? side : undefined };
  const checks = (settings: { readonly model: ModelSettings }) =>
    fits ? problemsOf(settings.model) : [sideProblem(backbone, side!)];
  try {
    return readExperiment(JSON.stringify({ model }), 'the model', { set, checks }).settings.model;
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw new UserError(error.mistakes.map(({ path, message }) => `${nameOf(path)}: ${message}`).join('\n'));
  }
}

function sideProblem(file: string, side: number): Problem {
  const message = `found ${show(file)}, which takes images of ${side} pixels a side; allowed: what model.image_size may be (docs/reference/settings.md)`;
  return { path: ['model', 'backbone'], message };
}

function problemsOf(model: ModelSettings): Problem[] {
  const { backbone, input } = model;
  if (!input || isOnnxPath(backbone)) return modelProblems(model);
  const message = `found with model.backbone ${backbone}; allowed: with the path of an ONNX file (FILE.onnx)`;
  return [...modelProblems(model), { path: ['model', 'input'], message }];
}
