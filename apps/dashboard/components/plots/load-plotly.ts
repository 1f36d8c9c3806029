import type * as Plotly from 'plotly.js';

// Begun with the page that has plots, and not when its figures have come.
const basic = typeof window === 'undefined' ? null : import('plotly.js-basic-dist-min');

/** plotly.js for traces: lines, points and bars need a fourth of what parallel coordinates need. In a browser only. */
export async function loadPlotly(data: readonly Plotly.Data[]): Promise<typeof Plotly> {
  const whole = data.some((trace) => (trace.type as string) === 'parcoords');
  return (await (whole ? import('plotly.js-strict-dist-min') : basic!)).default;
}
