import { describedSearch, describedSettings, fileJsonSchema, readExperiment } from '@thaw/experiment';
import { readText } from '@thaw/experiment/browser';
import { describe, expect, it } from 'vitest';
import type { SettingDocument } from '../../api/operations/experiments.ts';
import { isOffered } from '../../shape/new-sweep/alternatives.ts';
import {
  firstSwept,
  withFixed,
  withoutSwept,
  withSwept,
  withValue,
  type Edited,
} from '../../shape/new-sweep/edit-form.ts';
import { fieldGroups } from '../../shape/new-sweep/field-groups.ts';
import { formFields, sectionOrder } from '../../shape/new-sweep/fields.ts';
import { firstText } from '../../shape/new-sweep/first-text.ts';
import { listedValues, listText, readParameter, writeParameter } from '../../shape/new-sweep/parameter.ts';
import { mistakesByField, mistakesByLine, placeInText } from '../../shape/new-sweep/place-mistakes.ts';
import { readForm, valueOf } from '../../shape/new-sweep/read-form.ts';

const schema = fileJsonSchema();
const [settings, search] = [describedSettings(), describedSearch()] as SettingDocument[][];
const answer = { schema, settings: settings!, search: search! };
const fields = formFields(answer);
const order = sectionOrder(answer);
const field = (path: string) => fields.find((each) => each.path === path)!;

function edited(text: string): Edited {
  return { text, form: readForm(text, fields, schema)!, schema, order };
}

describe('the form of an experiment', () => {
  it('has a field for every setting but `parameters`, once, that says what it means', () => {
    const all = [...answer.search, ...answer.settings].map(({ path }) => path);
    expect(fields.map(({ path }) => path)).toEqual(all.filter((path) => path !== 'parameters'));
    expect(fields.filter(({ means }) => means === '')).toEqual([]);
    const { first, others } = fieldGroups(fields);
    const shown = [first, ...others.map((group) => group.fields)].flat();
    expect(shown.map(({ path }) => path).sort()).toEqual(fields.map(({ path }) => path).sort());
    expect([first[0]!.path, first.length]).toEqual(['name', 21]);
    expect(others.map(({ title }) => title)).toEqual([
      'Search',
      'Dataset',
      'Split',
      'Model',
      'Augmentation',
      'Training',
      'Evaluation',
    ]);
  });

  it.each([
    ['name', { kind: 'text' }, false],
    [
      'method',
      { kind: 'choice', choices: expect.arrayContaining(['grid', 'bayes']), orSection: false },
      false,
    ],
    ['early_terminate', { kind: 'yaml' }, false],
    ['dataset.path', { kind: 'text' }, true],
    ['dataset.csv', { kind: 'section' }, false],
    ['split.groups', { kind: 'yaml' }, true],
    ['model.alpha', { kind: 'number' }, true],
    ['model.head_units', { kind: 'yaml' }, true],
    ['model.head_batch_norm', { kind: 'choice', choices: [true, false], orSection: false }, true],
    ['augmentation', { kind: 'choice', choices: [true, false], orSection: true }, true],
    ['augmentation.zoom_range', { kind: 'yaml' }, true],
    ['training.warm_head', { kind: 'choice', choices: [false], orSection: true }, true],
    ['training.learning_rate_schedule.decay_rate', { kind: 'number' }, true],
  ])('%s is given as %o', (path, input, canVary) => {
    expect(field(path)).toMatchObject({ input, canVary });
  });

  it('offers what goes with the images that the file names', () => {
    const offered = (text: string) =>
      fields.filter((each) => isOffered(schema, edited(text).form, each)).map(({ path }) => path);
    const drawn = offered('name: a\n');
    const folder = offered('dataset: {path: cells}\n');
    expect(drawn).toEqual(expect.arrayContaining(['dataset.path', 'dataset.seed', 'dataset.resize']));
    expect(drawn).not.toContain('dataset.layout');
    expect(folder).toEqual(expect.arrayContaining(['dataset.path', 'dataset.layout', 'dataset.resize']));
    expect(folder).not.toContain('dataset.seed');
    expect([...new Set([...drawn, ...folder])].sort()).toEqual(fields.map(({ path }) => path).sort());
  });

  it('begins from a text that can run as it is', () => {
    const experiment = readExperiment(firstText, 'first.yaml');
    expect([experiment.name, Object.keys(experiment.parameters), experiment.notes]).toEqual([
      'my-sweep',
      ['training.learning_rate'],
      [],
    ]);
  });
});

const file = `# Mine
name: cells   # a name
dataset: {source: synthetic-smear, seed: 3, resize: crop}
model:
  alpha: 1.0
training:
  epochs: 6   # few
parameters:
  model.scenario: {values: [feature_extraction, from_scratch]}
  learning_rate: {min: 0.001, max: 0.1}
`;

describe('a form changes the text', () => {
  it('and reads what varies by its path, whatever the file calls it', () => {
    const form = readForm(`${file}  colour: {values: [1]}\n`, fields, schema)!;
    expect([...form.swept.keys()]).toEqual(['model.scenario', 'training.learning_rate']);
    expect(form.strangers).toEqual(['colour']);
    expect(valueOf(form, field('training.epochs'))).toBe(6);
    expect(readForm('a: [', fields, schema)).toBeNull();
  });

  it.each([
    ['a value', withValue(edited(file), field('training.epochs'), 7), 'epochs: 6', 'epochs: 7'],
    [
      'a section in its place',
      withValue(edited(file), field('split.strategy'), 'grouped'),
      'model:\n',
      'split:\n  strategy: grouped\nmodel:\n',
    ],
    [
      'a folder, without what is drawn',
      withValue(edited(file), field('dataset.path'), 'data/cells'),
      '{source: synthetic-smear, seed: 3, resize: crop}',
      '{resize: crop, path: data/cells}',
    ],
    [
      'values in place of a value',
      withSwept(edited(file), field('training.epochs'), { values: [2, 4] }),
      'training:\n  epochs: 6   # few\nparameters:\n  model.scenario: {values: [feature_extraction, from_scratch]}\n  learning_rate: {min: 0.001, max: 0.1}\n',
      '# few\nparameters:\n  model.scenario: {values: [feature_extraction, from_scratch]}\n  learning_rate: {min: 0.001, max: 0.1}\n  training.epochs: {values: [2, 4]}\n',
    ],
    [
      'other values under the name that the file has',
      withSwept(edited(file), field('training.learning_rate'), { values: [0.1] }),
      '{min: 0.001, max: 0.1}',
      '{values: [0.1]}',
    ],
    [
      'one value in place of values',
      withoutSwept(edited(file), field('model.scenario')),
      '  alpha: 1.0\ntraining:\n  epochs: 6   # few\nparameters:\n  model.scenario: {values: [feature_extraction, from_scratch]}\n',
      '  alpha: 1.0\n  scenario: feature_extraction\ntraining:\n  epochs: 6   # few\nparameters:\n',
    ],
    [
      'the value that is advised in place of values',
      withFixed(edited(file), field('model.scenario'), 'partial_unfreeze'),
      '  alpha: 1.0\ntraining:\n  epochs: 6   # few\nparameters:\n  model.scenario: {values: [feature_extraction, from_scratch]}\n',
      '  alpha: 1.0\n  scenario: partial_unfreeze\ntraining:\n  epochs: 6   # few\nparameters:\n',
    ],
  ])('%s', (_, text, before, after) => {
    expect(text).toBe(file.replace(before, after));
  });

  it('a folder that is taken out takes what goes with it', () => {
    const text = 'dataset: {path: a, layout: csv, resize: pad}\n';
    expect(withValue(edited(text), field('dataset.path'), undefined)).toBe('dataset: {resize: pad}\n');
  });

  it('every setting, and it is read back', () => {
    for (const each of fields) {
      if (each.input.kind === 'section') continue;
      const value = each.example ?? each.usual ?? 'a word';
      const text = withValue(edited(file), each, value)!;
      expect([each.path, valueOf(edited(text).form, each)]).toEqual([each.path, value]);
    }
  });

  it('what people change first varies and is fixed again', () => {
    for (const each of fieldGroups(fields).first.filter(({ canVary }) => canVary)) {
      const text = withValue(edited(file), each, each.example ?? each.usual ?? 'a word')!;
      const varied = withSwept(edited(text), each, firstSwept(edited(text).form, each))!;
      expect([each.path, edited(varied).form.swept.has(each.path)]).toEqual([each.path, true]);
      const fixed = withoutSwept(edited(varied), each)!;
      expect([each.path, edited(fixed).form.swept.has(each.path)]).toEqual([each.path, false]);
      expect(fixed).toMatch(/^# Mine\nname: .*# a name\n/);
      expect(readText(fixed)).not.toBeNull();
    }
  });
});

describe('a parameter', () => {
  it.each([
    [{ values: [64, 128] }, { kind: 'list', values: [64, 128] }],
    [
      { min: 0.1, max: 1 },
      { kind: 'range', min: 0.1, max: 1, scale: 'even' },
    ],
    [
      { distribution: 'log_uniform_values', min: 0.1, max: 1 },
      { kind: 'range', min: 0.1, max: 1, scale: 'logarithmic' },
    ],
    [
      { distribution: 'normal', mu: 1 },
      { kind: 'other', text: '{distribution: normal, mu: 1}' },
    ],
    [
      { values: [1], probabilities: [1] },
      { kind: 'other', text: '{values: [1], probabilities: [1]}' },
    ],
    [{ value: 3 }, { kind: 'other', text: '{value: 3}' }],
    [7, { kind: 'other', text: '7' }],
  ])('%j is shown as %j', (entry, form) => {
    const shown = readParameter(entry);
    expect(shown).toEqual(form);
    if (shown.kind !== 'other') expect(writeParameter(shown)).toEqual(entry);
  });

  it.each([
    ['64, 128', [64, 128]],
    ['true, grid, [1, 2]', [true, 'grid', [1, 2]]],
    ['"a, b"', ['a, b']],
    ['', []],
    ['[1', null],
  ])('the list %s has the values %j', (text, values) => {
    expect(listedValues(text)).toEqual(values);
    if (values) expect(listText(values)).toBe(text);
  });
});

describe('what is wrong with a file', () => {
  const mistake = (path: string, line: number | null = 1) => ({
    path,
    line,
    column: 1,
    message: `${path} is wrong`,
    remedy: null,
  });

  it.each([
    ['training.epochs', 'training.epochs'],
    ['training.epoch', null],
    ['parameters.model.scenario', 'model.scenario'],
    ['parameters.model.head_units.values.1', 'model.head_units'],
    ['parameters.learning_rate', 'training.learning_rate'],
    ['parameters.training.learning_rate.min', 'training.learning_rate'],
    ['augmentation.random_erasing.scale.0', 'augmentation.random_erasing.scale'],
    ['augmentation.blur', 'augmentation'],
    ['early_terminate.type', 'early_terminate'],
    ['metric.name', 'metric.name'],
    ['', null],
  ])('%s is said at the field %s', (path, place) => {
    const found = mistakesByField([mistake(path)], fields, edited(file).form);
    expect([...found.keys()]).toEqual(place === null ? [] : [place]);
  });

  it('is told by line', () => {
    const found = mistakesByLine([mistake('a', 2), mistake('b', 2), mistake('c', null)]);
    expect([...found]).toEqual([[2, ['a is wrong', 'b is wrong']]]);
  });

  it.each([
    [1, 1, 0],
    [2, 1, 3],
    [2, 3, 5],
    [2, null, 3],
  ])('line %i, column %s is found in the text', (line, column, place) => {
    expect(placeInText('ab\ncdef', line, column)).toBe(place);
  });
});
