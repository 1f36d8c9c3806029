import type { TopLevelSpec } from 'vega-lite';
import { config } from './theme.ts';

/** Draws a figure as SVG text, in the colours of a light page, without a browser. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  // Imported late: loading them takes longer than most commands.
  const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new View(parse(compile(spec, { config }).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
