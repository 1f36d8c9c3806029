/** A view of a table under a name that somebody gave it. */
export interface SavedView {
  readonly name: string;
  /** What stands behind the `?` of the address. */
  readonly query: string;
}

const mostViews = 50;

/** Views as a browser keeps them; none where the text is none that was written here. */
export function readViews(text: string | null): SavedView[] {
  try {
    const known: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(known)) return [];
    return known.flatMap((view: Partial<SavedView> | null) =>
      typeof view?.name === 'string' && typeof view.query === 'string'
        ? [{ name: view.name, query: view.query }]
        : [],
    );
  } catch {
    return [];
  }
}

/** The views with one more, by name; one of the same name gives way, and the oldest of too many. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const others = views.filter(({ name }) => name !== view.name).slice(1 - mostViews);
  return [...others, view].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
