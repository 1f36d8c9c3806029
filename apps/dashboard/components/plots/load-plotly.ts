import type * as Plotly from 'plotly.js';

// Begun with the page that has plots, and not when its figures have come.
const basic = typeof window === 'undefined' ? null : import('plotly.js-basic-dist-min');

/** plotly.js with its lines, points and bars. In a browser only. */
export async function loadPlotly(): Promise<typeof Plotly> {
  return (await basic!).default;
}
