import type { Config } from 'vega-lite';

/**
 * The colours of figures by what they mean: for a light page and for a dark one. Validation, test and parts are told
 * apart with any colour vision (Okabe and Ito 2008, lightened on dark). Each light colour is written once, so that a
 * figure drawn light can be recoloured.
 */
export const colours = {
  paper: { light: '#ffffff', dark: '#14171b' },
  ink: { light: '#1c2127', dark: '#e9ebee' },
  muted: { light: '#5b6675', dark: '#a3adba' },
  grid: { light: '#e2e5e9', dark: '#30363d' },
  validation: { light: '#0072b2', dark: '#56b4e9' },
  test: { light: '#d55e00', dark: '#f2994a' },
  part: { light: '#75569b', dark: '#b79be0' },
  rest: { light: '#8d96a3', dark: '#77818e' },
} as const;

export type ColourName = keyof typeof colours;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const text = { font, color: colours.ink.light };
const title = {
  titleFont: font,
  titleColor: colours.muted.light,
  titleFontSize: 12,
  titleFontWeight: 400,
} as const;
const labels = {
  labelFont: font,
  labelColor: colours.ink.light,
  labelFontSize: 12,
  labelLimit: 150,
} as const;

/** How all figures look. */
export const config: Config = {
  background: colours.paper.light,
  font,
  padding: 8,
  view: { stroke: null },
  axis: {
    ...title,
    ...labels,
    domain: false,
    ticks: false,
    labelPadding: 6,
    gridColor: colours.grid.light,
    titlePadding: 10,
  },
  legend: { ...title, ...labels, orient: 'top', title: null, symbolType: 'square', offset: 6, padding: 0 },
  title: { ...text, fontSize: 13, fontWeight: 600, anchor: 'start', offset: 10, subtitleFont: font },
  text: { ...text, fontSize: 12 },
};

/** A figure for a page that knows both: each colour becomes the page's variable of its name, the background none. */
export function recoloured(svg: string): string {
  let page = svg.replace(`fill="${colours.paper.light}"`, 'fill="none"');
  for (const [name, { light }] of Object.entries(colours)) page = page.replaceAll(light, `var(--${name})`);
  return page;
}

/** The variables that recoloured figures need, as declarations. */
export function colourVariables(mode: 'light' | 'dark'): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}: ${colour[mode]};`)
    .join(' ');
}
