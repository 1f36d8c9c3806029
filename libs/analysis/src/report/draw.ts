import type { TopLevelSpec } from 'vega-lite';
import { renderSvg } from '../gap/figures/render-svg.ts';
import { figure } from '../gap/page/markup.ts';

/** A figure of the page; nothing where there is nothing to draw. `alt` says what it shows to those who do not see it. */
export async function draw(spec: TopLevelSpec | null, alt: string, caption = ''): Promise<string> {
  return spec === null ? '' : figure(await renderSvg(spec), alt, caption);
}
