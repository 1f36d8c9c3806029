const levels = '▁▂▃▄▅▆▇█';

/**
 * A curve in one line of text, lowest value to highest. Values that are not finite leave a blank, a flat curve is drawn
 * at half height, and a curve longer than `width` is averaged down to it.
 */
export function sparkline(values: readonly number[], width = 60): string {
  const shown = values.length <= width ? values : shrink(values, width);
  const finite = shown.filter(Number.isFinite);
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low;
  return shown
    .map((value) => {
      if (!Number.isFinite(value)) return ' ';
      const height = span === 0 ? 0.5 : (value - low) / span;
      return levels[Math.min(levels.length - 1, Math.floor(height * levels.length))]!;
    })
    .join('');
}

function shrink(values: readonly number[], width: number): number[] {
  return Array.from({ length: width }, (_, column) => {
    const part = values.slice(
      Math.floor((column * values.length) / width),
      Math.floor(((column + 1) * values.length) / width),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
