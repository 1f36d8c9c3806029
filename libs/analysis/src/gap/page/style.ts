import { colourVariables } from '../figures/theme.ts';

/** The style sheet of the report: light and dark by the reader's setting, from 320 pixels wide on. */
export const style = `
:root { color-scheme: light dark; ${colourVariables('light')} }
@media (prefers-color-scheme: dark) { :root { ${colourVariables('dark')} } }
* { box-sizing: border-box; }
body {
  margin: 0; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 68rem; margin: 0 auto; }
h1 { font-size: clamp(1.5rem, 4.5vw, 2.1rem); line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 3rem 0 .3rem; }
p { max-width: 44rem; margin: .5rem 0; text-wrap: pretty; }
.muted { color: var(--muted); }
.small { font-size: .875rem; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.figures { display: grid; gap: 1rem 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); margin: 1rem 0; }
.two { grid-template-columns: repeat(auto-fit, minmax(min(100%, 23rem), 1fr)); align-items: center; }
figure { margin: 0; min-width: 0; }
figure svg { display: block; width: 100%; height: auto; max-width: 30rem; }
figcaption { font-size: .875rem; color: var(--muted); }
.tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); margin: 1.5rem 0; padding: 0; }
.tiles > div { border-top: 3px solid var(--muted); padding: .6rem 0 0; }
.tiles > .validation { border-color: var(--validation); }
.tiles > .test { border-color: var(--test); }
.tiles > .gap { border-color: var(--part); }
.tiles dt { color: var(--muted); font-size: .875rem; }
.tiles dd { margin: 0; font-size: 2rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tiles dd small { display: block; font-size: .875rem; font-weight: 400; color: var(--muted); }
ol.causes { padding-left: 1.2rem; max-width: 44rem; }
ol.causes li { margin: .5rem 0; }
.note { border-left: 3px solid var(--test); padding: .1rem 0 .1rem .9rem; margin: 1rem 0; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .7rem; text-align: right; border-bottom: 1px solid var(--grid); white-space: nowrap; }
th { font-weight: 500; color: var(--muted); }
th:first-child, td:first-child { text-align: left; padding-left: 0; color: var(--ink); }
.pictures { list-style: none; padding: 0; margin: 1rem 0; display: grid; gap: 1.1rem 1rem; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
.pictures.pairs { grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
.pictures li { min-width: 0; font-size: .8125rem; line-height: 1.35; }
.pictures .row { display: flex; gap: 4px; }
.pictures img { display: block; width: 100%; min-width: 0; flex: 1 1 0; aspect-ratio: 4 / 3; object-fit: contain; background: var(--grid); border-radius: 3px; }
.pictures b { display: block; margin-top: .35rem; }
.pictures .file { color: var(--muted); overflow-wrap: anywhere; }
td small, tbody th small { display: block; color: var(--muted); font-size: .8125rem; }
@media print { body { padding: 0; } h2 { break-after: avoid; } figure, .pictures li { break-inside: avoid; } }
`.trim();
