import type { Config } from 'plotly.js';
import { alongRow, moveFocus } from '../shell/arrow-keys.ts';

/** What figures can do. Their buttons are named one by one, for those that plotly.js would add send figures to a service. */
export const plotConfig: Partial<Config> = {
  responsive: true,
  displaylogo: false,
  modeBarButtons: [['toImage'], ['zoom2d', 'pan2d', 'resetScale2d']],
};

/**
 * Makes the buttons of a figure that was drawn one stop of the Tab key, among which arrow keys, Home and End move: the toolbar
 * of the ARIA Authoring Practices Guide. Called after each drawing, which may bring other buttons.
 */
export function makeToolbar(figure: HTMLElement, label: string): void {
  const bar = figure.querySelector<HTMLElement>('.modebar');
  if (bar === null) return;
  const buttons = () => [...bar.querySelectorAll<HTMLElement>('.modebar-btn')];
  const enter = (entered: EventTarget | null | undefined) => {
    for (const button of buttons()) button.tabIndex = button === entered ? 0 : -1;
  };
  enter(buttons()[0]);
  if (bar.ariaLabel !== null) return;
  bar.ariaLabel = `Buttons: ${label}`;
  bar.addEventListener('focusin', ({ target }) => enter(target));
  bar.addEventListener('keydown', (event) => moveFocus(event, alongRow, buttons()));
}
