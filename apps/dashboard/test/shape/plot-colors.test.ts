import { expect, it } from 'vitest';
import { plotColors } from '../../components/plots/colors.ts';
import { lineColors, rampColor } from '../../components/plots/parallel/draw-lines.ts';

/** Relative luminance, as WCAG 2 defines it, of `#rrggbb` or `rgb(r g b)`. */
function luminance(color: string): number {
  const parts = color.startsWith('#')
    ? [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
    : color.match(/\d+/g)!.map(Number);
  const [r, g, b] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

it.each(['light', 'dark'] as const)(
  'what figures draw stands out from a %s ground (WCAG 1.4.11)',
  (scheme) => {
    const { body, validation, test, difference, muted, text } = plotColors[scheme];
    const { ramp } = lineColors[scheme];
    const drawn = [validation, test, difference, muted, text, rampColor(ramp, 0), rampColor(ramp, 1)];
    expect(drawn.filter((color) => contrast(color, body) < 3)).toEqual([]);
  },
);
