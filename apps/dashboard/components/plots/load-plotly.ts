import type * as Plotly from 'plotly.js';

type Loaded = Promise<{ readonly default: typeof Plotly }>;

// Begun with the page that has plots, and not when its figures have come.
let basic: Loaded | null = typeof window === 'undefined' ? null : begin();

function begin(): Loaded {
  const loading: Loaded = import('plotly.js-basic-dist-min');
  // Who asks next tries again.
  loading.catch(() => (basic = null));
  return loading;
}

/** plotly.js with its lines, points and bars. In a browser only. Rejects where it cannot be had. */
export async function loadPlotly(): Promise<typeof Plotly> {
  return (await (basic ??= begin())).default;
}
