import { Box } from '@mantine/core';
import type { Explanation } from '../../api/operations/predictions.ts';

/** How dark it is where nothing was found. */
const shade = 0.8;

/** An image that is darkened where little evidence for a class was found. */
export function HeatMap({
  image,
  map: { height, width, values },
  side,
  label,
}: {
  image: string;
  map: NonNullable<Explanation['heat_map']>;
  side: number;
  label: string;
}) {
  const most = Math.max(...values);
  return (
    <Box
      component="svg"
      viewBox={`0 0 ${width} ${height}`}
      w={side}
      h={side}
      role="img"
      aria-label={`Where the network found ${label}`}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
      display="block"
    >
      <image href={image} width={width} height={height} preserveAspectRatio="none" />
      {values.map((value, i) => (
        <rect
          key={i}
          x={i % width}
          y={Math.floor(i / width)}
          width={1}
          height={1}
          fillOpacity={most > 0 ? shade * (1 - value / most) : shade}
        />
      ))}
    </Box>
  );
}
