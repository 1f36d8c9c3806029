import { figuresBehind, prefixed } from '@thaw/experiment';
import { keyOf, Mistake } from '../../import/json-mistake.ts';
import { figuresOfRows, readPredictionTable, type PredictedPart } from '../../import/prediction-table.ts';
import { shortJson, type Fields } from '../requests/fields.ts';
import { invalid } from '../requests/mlflow-error.ts';
import type { Operation } from './tracking.ts';

/**
 * Thaw's own call beside MLflow's: what a run says of the images of a split, with their groups. Its figures become the run's, and
 * with both splits the run has every report, interval and comparison that Thaw's own have.
 */
export const logPredictions: Operation = async (tracking, fields) => {
  const id = fields.runId();
  const split = readSplit(fields);
  const classes = readClasses(fields);
  const part = readPart(fields, classes);
  const run = await tracking.runs.writable(id, (experiment) => tracking.experimentName(experiment));
  for (const { classes: before } of run.state.predicted.values()) {
    if (before.join('\n') !== classes.join('\n'))
      throw invalid(
        `found the classes ${classes.join(', ')}; allowed: those of the other split, ${before.join(', ')}`,
      );
  }
  await run.keepPredictions(split, part);
  const prefix = split === 'validation' ? 'val_' : 'test_';
  const figures = figuresBehind(prefix, prefixed(prefix, figuresOfRows(part.rows, classes)));
  await run.log({ predicted: { split, classes: [...classes], figures: figures as Record<string, number> } });
  return { images: part.rows.length, figures };
};

function readSplit(fields: Fields): 'validation' | 'test' {
  const text = fields.required('split');
  if (text === 'test') return 'test';
  if (text === 'validation' || text === 'val') return 'validation';
  throw invalid(
    `Invalid value ${JSON.stringify(text)} for parameter 'split' supplied: allowed: validation, test`,
  );
}

function readClasses(fields: Fields): readonly string[] {
  const classes = fields.texts('classes');
  if (classes.length >= 2 && new Set(classes).size === classes.length) return classes;
  throw invalid(
    `Invalid value ${shortJson(classes)} for parameter 'classes' supplied: allowed: the names of two classes or more, each once, in the order of the probabilities`,
  );
}

function readPart(fields: Fields, classes: readonly string[]): PredictedPart {
  const labels = fields.list('labels');
  const probabilities = fields.list('probabilities');
  const groups = fields.list('groups').length === 0 ? null : fields.texts('groups');
  const isLabel = (value: unknown) => typeof value === 'string' || Number.isInteger(value);
  const isRow = (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'number');
  const wrong = (
    name: string,
    values: readonly unknown[],
    is: (value: unknown) => boolean,
    allowed: string,
  ) => {
    const at = values.findIndex((value) => !is(value));
    if (at >= 0) throw invalid(`${name}[${at}]: found ${shortJson(values[at])}; allowed: ${allowed}`);
  };
  wrong('labels', labels, isLabel, "a class's name or its place in classes");
  wrong('probabilities', probabilities, isRow, 'a list of numbers, one a class');
  try {
    return readPredictionTable(
      {
        files: fields.texts('files'),
        labels: labels as (string | number)[],
        probabilities: probabilities as number[][],
        groups,
      },
      classes,
    );
  } catch (error) {
    if (error instanceof Mistake) throw invalid(`${keyOf(error.path)}: ${error.message}`);
    throw error;
  }
}
