import type { TopLevelSpec } from 'vega-lite';
import { figureName } from './figure-name.ts';
import { colours } from './theme.ts';

type Panel = Exclude<Extract<TopLevelSpec, { layer: unknown }>, { mark: unknown }>;

interface Cell {
  readonly truth: string;
  readonly said: string;
  /** Strength of the colour, 0 to 1. */
  readonly strength: number;
  readonly text: string;
  readonly colour: string;
}

/**
 * A confusion matrix: rows are true classes, columns what the model said; a cell says which percentage of its row it is.
 * `counts` as [true][said].
 */
export function confusionPanel(
  title: string,
  counts: readonly (readonly number[])[],
  classes: readonly string[],
  colour: string,
): Panel {
  const cells = shares(counts).flatMap((row, i) =>
    row.map((share, j) => ({
      truth: figureName(classes[i]!),
      said: figureName(classes[j]!),
      strength: share ?? 0,
      text: share === null ? '' : String(Math.round(100 * share)),
      colour,
    })),
  );
  return panel(title, cells, classes);
}

/**
 * What changes from test to validation, in points of each row's percentage; `difference` holds fractions of a row,
 * validation minus test, null in rows without images on a side.
 */
export function differencePanel(
  title: string,
  difference: readonly (readonly number[] | null)[],
  classes: readonly string[],
): Panel {
  const cells = classes.flatMap((truth, i) =>
    classes.map((said, j) => {
      const change = difference[i]?.[j] ?? null;
      const points = Math.round(100 * (change ?? 0));
      const sign = points > 0 ? '+' : points < 0 ? '\u2212' : '';
      return {
        truth: figureName(truth),
        said: figureName(said),
        strength: Math.abs(change ?? 0),
        text: change === null ? '' : `${sign}${Math.abs(points)}`,
        colour: points > 0 ? colours.validation.light : colours.test.light,
      };
    }),
  );
  return panel(title, cells, classes);
}

/** Panels beside each other. */
export function beside(panels: readonly Panel[]): TopLevelSpec {
  return { hconcat: [...panels], spacing: 28 };
}

function panel(title: string, cells: readonly Cell[], classes: readonly string[]): Panel {
  const side = Math.max(160, 46 * classes.length);
  const order = { type: 'nominal', sort: classes.map(figureName) } as const;
  return {
    title,
    width: side,
    height: side,
    data: { values: [...cells] },
    encoding: {
      x: { field: 'said', ...order, axis: { title: 'the model said', labelAngle: -40, labelLimit: 110 } },
      y: { field: 'truth', ...order, axis: { title: 'true class', labelLimit: 110 } },
    },
    layer: [
      { mark: { type: 'rect', fill: colours.grid.light, fillOpacity: 0.45 } },
      {
        mark: { type: 'rect', stroke: colours.paper.light, strokeWidth: 2 },
        encoding: {
          fill: { field: 'colour', type: 'nominal', scale: null, legend: null },
          fillOpacity: {
            field: 'strength',
            type: 'quantitative',
            scale: { domain: [0, 1], range: [0, 1] },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 12 },
        encoding: {
          text: { field: 'text', type: 'nominal' },
          color: {
            condition: { test: 'datum.strength > 0.55', value: colours.paper.light },
            value: colours.ink.light,
          },
        },
      },
    ],
  };
}

/** Each cell as a share of its row; null in rows without images. */
function shares(counts: readonly (readonly number[])[]): (number | null)[][] {
  return counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total === 0 ? null : count / total));
  });
}
