import { describe, expect, it } from 'vitest';
import { activeValues, applyParameters, pathsOf, readExperiment } from '../src/index.ts';

const base = 'model:\n  backbone: nets/a.onnx\n';
const read = (text: string) => readExperiment(text, 'file.yaml');
const message = (text: string): string => {
  try {
    read(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a backbone that is an ONNX file', () => {
  it('is a path like any other, seen from the directory of the command', () => {
    const { settings } = read(
      `${base}  input: {mean: 0.5, std: [0.1, 0.2, 0.3], scale: 1, layout: NHWC, output: a/b}\n`,
    );
    expect(settings.model.backbone).toBe('nets/a.onnx');
    expect(pathsOf(settings, '/home')).toEqual({ 'model.backbone': '/home/nets/a.onnx' });
    expect(pathsOf(read('name: a\n').settings, '/home')).toEqual({});
  });

  it.each([
    [`${base}  input: {mean: [1, 2]}\n`, /model.input.mean: found .*; allowed: a number, or a list of three/],
    [`${base}  input: {std: 0}\n`, /model.input.std: found 0/],
    [`${base}  input: {means: 0}\n`, /did you mean mean\?/],
    [
      `${base}parameters:\n  model.scenario: {values: [feature_extraction, from_scratch]}\n`,
      /file.yaml:4: parameters.model.scenario: found a parameter that no trial reads; allowed: where model.backbone is the name of a backbone/,
    ],
  ])('%j is refused', (text, reason) => {
    expect(message(text)).toMatch(reason);
  });

  it('is swept over beside others, whose scenario and width it does not read', () => {
    const experiment = read(
      'method: grid\nparameters:\n  model.backbone: {values: [mobilenet_v2, a.onnx]}\n' +
        '  model.scenario: {values: [feature_extraction, full_fine_tune]}\n  model.alpha: {values: [0.35, 1]}\n',
    );
    expect(experiment.notes).toEqual([]);
    const ofFile = { 'model.backbone': 'a.onnx' };
    const all = { 'model.scenario': 'full_fine_tune', 'model.alpha': 0.35 };
    const active = (backbone: string) =>
      activeValues(experiment.parameters, { 'model.backbone': backbone, ...all });
    expect(active('a.onnx')).toEqual(ofFile);
    expect(active('mobilenet_v2')).toEqual({ 'model.backbone': 'mobilenet_v2', ...all });
    expect(applyParameters(experiment, ofFile).model).toMatchObject({
      backbone: 'a.onnx',
      scenario: 'feature_extraction',
    });
  });

  it('says of settings that it does not read that no trial does, but not of the scenario that it has', () => {
    const { notes } = read(`${base}  scenario: feature_extraction\n  alpha: 0.5\n  weights: bundled\n`);
    expect(notes.map((note) => note.slice(0, note.indexOf(' ')))).toEqual(['model.alpha', 'model.weights']);
  });
});
