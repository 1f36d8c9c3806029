import { scenarios, type ModelSettings, type Scenario } from '@thaw/experiment';
import { modelProblems } from '@thaw/model';

/** The scenarios in which a sweep would train a network; of an ONNX file nothing but its head trains. */
export function possibleScenarios(model: ModelSettings): readonly Scenario[] {
  const isRefused = (scenario: Scenario) =>
    modelProblems({ ...model, scenario }).some(({ path }) => path.at(-1) === 'scenario');
  return scenarios.filter((scenario) => !isRefused(scenario));
}
