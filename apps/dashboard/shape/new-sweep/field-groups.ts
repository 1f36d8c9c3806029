import type { Field } from './fields.ts';

/** What people change first, in the order in which they think of it. */
const firstPaths = [
  'name',
  'dataset.path',
  'dataset.layout',
  'split.strategy',
  'split.groups',
  'split.validation',
  'model.scenario',
  'model.backbone',
  'model.image_size',
  'model.weights',
  'augmentation',
  'training.epochs',
  'training.batch_size',
  'training.optimizer',
  'training.learning_rate',
  'training.early_stopping.monitor',
  'training.early_stopping.patience',
  'method',
  'metric.name',
  'run_cap',
  'test',
];

export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly Field[];
}

const searchTitle = 'Search';

/** The fields that most people change, and the others by their sections. */
export function fieldGroups(fields: readonly Field[]): { first: readonly Field[]; others: FieldGroup[] } {
  const byPath = new Map(fields.map((field) => [field.path, field]));
  const first = firstPaths.flatMap((path) => byPath.get(path) ?? []);
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    if (first.includes(field)) continue;
    const title = field.canVary || field.input.kind === 'section' ? capitalized(field.keys[0]!) : searchTitle;
    groups.set(title, [...(groups.get(title) ?? []), field]);
  }
  return { first, others: [...groups].map(([title, each]) => ({ title, fields: each })) };
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
