import { fixed, parameterList } from '@thaw/base';
import { isOnnxPath } from '@thaw/experiment';
import { commandHint } from '../report/command-hint.ts';
import type { PromoteDocument } from '@thaw/analysis';
import type { RunRecord } from '@thaw/tracking';

/** What was promoted, what to know about it, and how to call it. */
export function promotionText(
  { name, version, path, run, aliases, notes, val_accuracy, test_accuracy }: PromoteDocument,
  { parameters, settings }: Pick<RunRecord, 'parameters' | 'settings'>,
  runsDir: string,
): string {
  const what = parameterList(parameters) || settings?.model.scenario;
  const also = aliases.map((alias) => ` = ${name}@${alias}`).join('');
  const head = isOnnxPath(settings?.model.backbone ?? '')
    ? 'model.json (the head alone, since TensorFlow.js cannot run the ONNX file in front of it)'
    : 'model.json (TensorFlow.js)';
  return [
    `${name}:${version}${also} is run ${run} (${what}): validation accuracy ${fixed(val_accuracy, 4)}, ${test_accuracy === null ? 'test figures are sealed' : `test accuracy ${fixed(test_accuracy, 4)}`}.`,
    ...notes.map((note) => `- ${note}`),
    `It is in ${path}: model.onnx, ${head} and README.md, which says how to load them.`,
    `To try it: ${commandHint(`predict --model ${name}${aliases[0] === undefined ? '' : `@${aliases[0]}`}`, runsDir)} FILE...`,
  ].join('\n');
}
