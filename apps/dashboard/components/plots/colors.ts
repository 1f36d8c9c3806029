import { useComputedColorScheme } from '@mantine/core';

/** Okabe and Ito's colours, which people with any colour vision can tell apart, for light and dark grounds. */
export const plotColors = {
  light: {
    validation: '#0072B2',
    test: '#D55E00',
    difference: '#7A4B94',
    muted: '#767676',
    text: '#1f1f1f',
    grid: '#e3e3e3',
    body: '#ffffff',
  },
  dark: {
    validation: '#56B4E9',
    test: '#E69F00',
    difference: '#CC79A7',
    muted: '#9a9a9a',
    text: '#e0e0e0',
    grid: '#444444',
    body: '#242424',
  },
};

export type PlotColors = (typeof plotColors)['light'];

/** Of runs beside each other, in this order; after the last one again from the first, with another dash. */
export const seriesColors = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#8A6D00',
  '#7F7F7F',
];

/** The colours of the parts, on the ground that the page has. */
export function usePlotColors(): PlotColors {
  return plotColors[useComputedColorScheme('light', { getInitialValueInEffect: true })];
}
