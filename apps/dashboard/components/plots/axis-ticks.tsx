import type { Tick } from '../../shape/plots/brushes.ts';
import type { PlotColors } from './colors.ts';

/** Of a letter on an axis, in pixels. */
const letter = 6.5;
const longestLabel = 18;

interface Props {
  ticks: readonly Tick[];
  place: (share: number) => readonly [x: number, y: number];
  colors: PlotColors;
  anchor: 'middle' | 'end';
}

/** Labels of an axis; where they would meet they take turns in two rows. */
export function AxisTicks({ ticks, place, colors, anchor }: Props) {
  const longest = Math.max(...ticks.map(({ text }) => Math.min(text.length, longestLabel)));
  const meets = anchor === 'middle' && (place(1)[0] - place(0)[0]) / ticks.length < longest * letter + 8;
  return ticks.map(({ share, text }, i) => {
    const [x, y] = place(share);
    return (
      <text
        key={share}
        x={x}
        y={meets ? y + (i % 2) * 13 : y}
        textAnchor={anchor}
        fontSize={11}
        fill={colors.text}
      >
        {text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text}
      </text>
    );
  });
}
