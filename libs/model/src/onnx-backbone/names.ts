import { didYouMean, nearest, show } from '@thaw/experiment';

const mostShown = 5;

/** The nearest of a graph's names, as the end of a message; empty where none is near. */
export function similarName(name: string, names: readonly string[]): string {
  return didYouMean(nearest(name, names, name.length / 3));
}

/** Names for a message, not more than fit. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, mostShown).map((name) => show(name));
  return names.length > mostShown
    ? `${shown.join(', ')} and ${names.length - mostShown} more`
    : shown.join(', ');
}

/** A shape for a message; `?` is a length that is open and has no name. */
export function shapeWords(shape: readonly (number | string | null)[]): string {
  return `[${shape.map((length) => length ?? '?').join(', ')}]`;
}
