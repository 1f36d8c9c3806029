'use client';

import { Box } from '@mantine/core';
import type { Explanation } from '../../api/operations/models.ts';

/** An image with squares over it, the more opaque the more evidence was found there. */
export function HeatMap({
  image,
  map: { height, width, values },
  side,
}: {
  image: string;
  map: Explanation['heat_map'];
  side: number;
}) {
  const most = Math.max(...values);
  return (
    <Box
      component="svg"
      viewBox={`0 0 ${width} ${height}`}
      w={side}
      h={side}
      role="img"
      aria-label="Heat map"
      preserveAspectRatio="none"
    >
      <image href={image} width={width} height={height} preserveAspectRatio="none" />
      {values.map((value, i) => (
        <rect
          key={i}
          x={i % width}
          y={Math.floor(i / width)}
          width={1}
          height={1}
          fill="red"
          fillOpacity={most > 0 ? (0.6 * value) / most : 0}
        />
      ))}
    </Box>
  );
}
