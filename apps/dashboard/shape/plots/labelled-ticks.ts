import type { Axis } from './axis.ts';

/** Letters that fit below one another's ticks in a figure as wide as half a page. */
const lettersInRow = 44;

/**
 * The ticks of an axis as plotly.js takes them, none of which it leaves out: it hides labels that would reach over its edge, and lays
 * long ones over each other unless they are slanted. Nothing where the numbers themselves will do.
 */
export function labelledTicks({ ticks }: Pick<Axis, 'ticks'>) {
  if (!ticks) return {};
  const letters = ticks.texts.reduce((sum, text) => sum + text.length + 2, 0);
  return {
    tickmode: 'array' as const,
    tickvals: [...ticks.places],
    ticktext: [...ticks.texts],
    ticklabeloverflow: 'allow' as const,
    ...(letters > lettersInRow && { tickangle: -30 as const }),
  };
}
