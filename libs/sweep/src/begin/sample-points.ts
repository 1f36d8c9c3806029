import { activeValues, sampleValues, type Experiment, type ParameterValues } from '@thaw/experiment';

/** Parameters of trials that between them hold every combination of the relevant ones, of drawn ones samples; the others keep their first value. */
export function samplePoints(
  experiment: Experiment,
  isRelevant: (path: string) => boolean,
): ParameterValues[] {
  let points: ParameterValues[] = [{}];
  for (const [path, parameter] of Object.entries(experiment.parameters)) {
    const values = sampleValues(parameter);
    const used = isRelevant(path) ? values : values.slice(0, 1);
    points = points.flatMap((point) => used.map((value) => ({ ...point, [path]: value })));
  }
  return points.map((point) => activeValues(experiment.parameters, point));
}
