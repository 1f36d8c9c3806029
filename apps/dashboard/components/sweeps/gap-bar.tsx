'use client';

import { usePlotColors } from '../plots/colors.ts';

const [width, height, margin] = [140, 18, 6];

/** Validation (circle) and test accuracy (diamond) on one line from 0 to 100 %; what is between them is the gap. The figures stand beside it. */
export function GapBar({ validation, test }: { validation: number | null; test: number | null }) {
  const colors = usePlotColors();
  const x = (share: number) => margin + share * (width - 2 * margin);
  const isShare = (value: number | null): value is number => value !== null && value >= 0 && value <= 1;
  const middle = height / 2;
  return (
    <svg width={width} height={height} aria-hidden style={{ display: 'block', marginLeft: 'auto' }}>
      <line x1={x(0)} x2={x(1)} y1={middle} y2={middle} stroke={colors.grid} strokeWidth={2} />
      {isShare(validation) && isShare(test) && (
        <line
          x1={x(test)}
          x2={x(validation)}
          y1={middle}
          y2={middle}
          stroke={colors.difference}
          strokeWidth={4}
        />
      )}
      {isShare(validation) && <circle cx={x(validation)} cy={middle} r={5} fill={colors.validation} />}
      {isShare(test) && <path d={`M${x(test)} ${middle - 6}l6 6l-6 6l-6-6z`} fill={colors.test} />}
    </svg>
  );
}
