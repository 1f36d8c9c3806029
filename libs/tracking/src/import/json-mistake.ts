import { didYouMean, nearest } from '@thaw/experiment';
import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { resultsSchema } from './results-schema.ts';

export type Path = readonly (string | number)[];

/** What is wrong at a place of the document. */
export class Mistake extends Error {
  readonly path: Path;

  constructor(path: Path, message: string) {
    super(message);
    this.path = path;
  }
}

/** Keys below the document's own. */
const innerKeys = [
  ...['report', 'predictions', 'loss', 'file', 'label', 'predicted', 'probabilities'],
  ...['precision', 'recall', 'f1-score', 'support', 'accuracy', 'val_loss', 'val_accuracy'],
];

/** The first of zod's findings in our words. */
export function mistakeOf(error: z.ZodError, data: unknown): Mistake {
  const issue = error.issues[0]!;
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const outer = Object.keys(resultsSchema.shape);
    const near = nearest(key, path.length === 0 ? outer : innerKeys);
    const allowed = path.length === 0 && !near ? `; allowed: ${outer.join(', ')}` : '';
    return new Mistake([...path, key], `unknown key${allowed}${didYouMean(near)}`);
  }
  const found = path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    data,
  );
  return new Mistake(path, `found ${shown(found)}; allowed: ${issue.message}`);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** `predictions[3].label` */
export function keyOf(path: Path): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${step}`))
    .join('');
}

/** The line, from 1, of the nearest thing on a path that is there. JSON is YAML, whose parser keeps places. */
export function lineOf(text: string, path: Path): number {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      { range?: readonly number[] | null } | undefined;
    if (node?.range) return lines.linePos(node.range[0]!).line;
  }
  return 1;
}
