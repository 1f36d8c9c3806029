import { Text } from '@mantine/core';
import { rampColor } from './parallel/draw-lines.ts';

export interface RampScaleProps {
  /** What the colours stand for. */
  readonly figure: string;
  /** What its ends are, as they are shown. */
  readonly low: string;
  readonly high: string;
  readonly ramp: Parameters<typeof rampColor>[0];
}

/** What the colours of a plot stand for, from the least to the largest. */
export function RampScale({ figure, low, high, ramp }: RampScaleProps) {
  return (
    <>
      <Text size="xs">
        {figure} {low}
      </Text>
      <div
        aria-hidden
        style={{
          width: 120,
          height: 10,
          background: `linear-gradient(to right, ${rampColor(ramp, 0)}, ${rampColor(ramp, 1)})`,
        }}
      />
      <Text size="xs">{high}</Text>
    </>
  );
}
