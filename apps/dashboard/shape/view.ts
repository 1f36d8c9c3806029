/** How a table of runs is looked at; all of it lives in the page's address. */
export interface View {
  /** An expression over columns. */
  readonly where: string;
  /** What any column must contain. */
  readonly search: string;
  /** A column, `-column` for the greatest first; empty for the newest first. */
  readonly sort: string;
  /** In order; null for those that tell these runs apart. */
  readonly columns: readonly string[] | null;
  readonly pinned: readonly string[];
  /** In pixels, of columns that were resized. */
  readonly widths: Readonly<Record<string, number>>;
  readonly group: string | null;
  /** Whether archived runs are shown, too. */
  readonly archived: boolean;
}

export const usualView: View = {
  where: '',
  search: '',
  sort: '',
  columns: null,
  pinned: ['id'],
  widths: {},
  group: null,
  archived: false,
};

const list = (text: string) => text.split(',').filter((name) => name !== '');

/** The view in an address; what it does not say, or says wrongly, is as usual. */
export function readView(query: URLSearchParams): View {
  const columns = query.get('columns');
  const pinned = query.get('pinned');
  return {
    where: query.get('where') ?? '',
    search: query.get('search') ?? '',
    sort: query.get('sort') ?? '',
    columns: columns === null ? null : list(columns),
    pinned: pinned === null ? usualView.pinned : list(pinned),
    widths: readWidths(query.get('widths') ?? ''),
    group: query.get('group'),
    archived: query.get('archived') === 'true',
  };
}

/** The parts of a view that are not as usual, for an address. */
export function writeView(view: View): URLSearchParams {
  const query = new URLSearchParams();
  if (view.where.trim() !== '') query.set('where', view.where);
  if (view.search !== '') query.set('search', view.search);
  if (view.sort !== '') query.set('sort', view.sort);
  if (view.columns !== null) query.set('columns', view.columns.join(','));
  if (view.pinned.join() !== usualView.pinned.join()) query.set('pinned', view.pinned.join(','));
  const widths = Object.entries(view.widths).map(([name, width]) => `${name}:${Math.round(width)}`);
  if (widths.length > 0) query.set('widths', widths.join(','));
  if (view.group !== null) query.set('group', view.group);
  if (view.archived) query.set('archived', 'true');
  return query;
}

/** What an address says with parts of its view changed; what else it says, such as what was chosen of figures, stays. */
export function changedView(query: URLSearchParams, change: Partial<View>): URLSearchParams {
  const view = writeView({ ...readView(query), ...change });
  const others = [...query].filter(([name]) => !Object.hasOwn(usualView, name));
  return new URLSearchParams([...view, ...others]);
}

function readWidths(text: string): Record<string, number> {
  const widths: Record<string, number> = {};
  for (const part of list(text)) {
    const [name, width] = [
      part.slice(0, part.lastIndexOf(':')),
      Number(part.slice(part.lastIndexOf(':') + 1)),
    ];
    if (name !== '' && width >= 40 && width <= 2000) widths[name] = width;
  }
  return widths;
}
