import { counted } from '@thaw/base';
import { runName, type RunRow } from '@thaw/tracking';
import type { Attention, Event } from '../api/operations/overview.ts';
import type { Model } from '../api/operations/models.ts';
import type { SweepSummary } from '../api/operations/sweeps.ts';
import { namedRow } from '../shape/named-row.ts';

interface Damaged {
  readonly path: string;
  readonly reason: string;
}

/** What an overview is made of. */
export interface OverviewInput {
  /** The newest first. */
  readonly sweeps: readonly SweepSummary[];
  /** Oldest first. */
  readonly rows: readonly RunRow[];
  readonly models: readonly Pick<Model, 'name' | 'versions'>[];
  readonly damaged: readonly Damaged[];
  /** Of models whose images are others by now, by MODEL:VERSION, what changed, in a sentence. */
  readonly dataChanges: ReadonlyMap<string, string>;
}

const mostEvents = 10;
const mostAttention = 20;

/** What needs attention, the gravest first: what cannot be read, figures that flatter, then what did not come to its end. */
export function attention({ sweeps, models, damaged, dataChanges }: OverviewInput): Attention[] {
  const of = ({ id, name }: SweepSummary) => ({ what: 'sweep' as const, id, name });
  return [
    ...damaged.map(({ path, reason }): Attention => ({
      kind: 'damaged',
      of: null,
      text: `${path} cannot be read: ${reason}`,
    })),
    ...models.flatMap(({ name, versions }) =>
      versions.flatMap(({ version }): Attention[] => {
        const id = `${name}:${version}`;
        const text = dataChanges.get(id);
        return text === undefined ? [] : [{ kind: 'data', of: { what: 'model', id, name: id }, text }];
      }),
    ),
    ...sweeps.flatMap((sweep) =>
      leakTexts(sweep).map((text): Attention => ({ kind: 'leak', of: of(sweep), text })),
    ),
    ...sweeps.flatMap((sweep): Attention[] => {
      const failed = sweep.trials.failed ?? 0;
      const all = Object.values(sweep.trials).reduce((a, b) => a + b, 0);
      if (failed === 0) return [];
      return [{ kind: 'failed', of: of(sweep), text: `${failed} of ${counted(all, 'trial')} failed.` }];
    }),
    ...sweeps.flatMap((sweep): Attention[] =>
      sweep.state === 'interrupted'
        ? [{ kind: 'interrupted', of: of(sweep), text: 'It stopped before its end, and can be resumed.' }]
        : [],
    ),
  ].slice(0, mostAttention);
}

function leakTexts({ leakage }: SweepSummary): string[] {
  if (!leakage) return [];
  const { with_twin: twins, validation_images: images, into_test: intoTest } = leakage;
  const split = `The split leaks: ${twins.toLocaleString('en')} of ${counted(images, 'validation image')} ${twins === 1 ? 'has' : 'have'} a twin in training.`;
  return [...(twins > 0 ? [split] : []), ...(intoTest.length > 0 ? [intoTest[0]!] : [])];
}

/** What happened last, the newest first: sweeps and promotions, and runs that belong to no sweep. */
export function events({ sweeps, rows, models }: OverviewInput): Event[] {
  const lone = rows.filter(({ sweep }) => sweep === null).slice(-mostEvents);
  const all: Event[] = [
    ...sweeps.map(({ id, name, state, created }) => ({
      what: 'sweep' as const,
      id,
      name,
      state,
      at: created,
    })),
    ...lone.map((row) => ({
      what: 'run' as const,
      id: row.id,
      name: runName(namedRow(row)),
      state: String(row['state']),
      at: String(row['created']),
    })),
    ...models.flatMap(({ name, versions }) =>
      versions.map(({ version, created }) => {
        const id = `${name}:${version}`;
        return { what: 'model' as const, id, name: id, state: 'promoted', at: created };
      }),
    ),
  ];
  return all.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, mostEvents);
}
