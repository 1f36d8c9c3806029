/** A sign of a plot and what it stands for. */
export function LegendSign({
  shape,
  color,
  text,
}: {
  shape: 'point' | 'line' | 'dashes';
  color: string;
  text: string;
}) {
  return (
    <span style={{ marginRight: 14, whiteSpace: 'nowrap' }}>
      <svg width={18} height={10} aria-hidden style={{ marginRight: 4 }}>
        {shape === 'point' ? (
          <circle cx={9} cy={5} r={4} fill={color} />
        ) : (
          <line
            x1={0}
            x2={18}
            y1={5}
            y2={5}
            stroke={color}
            strokeWidth={2}
            strokeDasharray={shape === 'dashes' ? '4 3' : undefined}
          />
        )}
      </svg>
      {text}
    </span>
  );
}
