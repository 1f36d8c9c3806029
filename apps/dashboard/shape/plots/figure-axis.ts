import { isShare } from '../format-value.ts';

/** How an axis of a figure writes its numbers: shares of images in per cent, a gap in points, all else as it comes. */
export function figureAxis(figure: string): { readonly tickformat?: string } {
  if (figure === 'gap') return { tickformat: '+.0%' };
  return isShare(figure) ? { tickformat: '.0%' } : {};
}
