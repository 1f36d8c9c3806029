interface Pressed {
  readonly key: string;
  readonly target: EventTarget | null;
  readonly preventDefault: () => void;
}

type Step = 'next' | 'previous' | 'first' | 'last';

/** Keys of a row, as in the toolbar of the ARIA Authoring Practices Guide. */
export const alongRow: Readonly<Record<string, Step>> = {
  ArrowRight: 'next',
  ArrowLeft: 'previous',
  Home: 'first',
  End: 'last',
};

/** Keys of a column. */
export const alongColumn: Readonly<Record<string, Step>> = { ArrowDown: 'next', ArrowUp: 'previous' };

/** Moves the focus from one of `items` to another by arrow keys, round their ends, so that one stop of the Tab key is enough for all. */
export function moveFocus(event: Pressed, keys: typeof alongRow, items: readonly HTMLElement[]): void {
  const at = items.indexOf(event.target as HTMLElement);
  const step = keys[event.key];
  if (at === -1 || step === undefined) return;
  event.preventDefault();
  const to = { next: at + 1, previous: at - 1, first: 0, last: -1 }[step];
  items.at(to % items.length)!.focus();
}
