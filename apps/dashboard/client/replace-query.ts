/** Puts a query into the page's address, without asking the server for the page again. */
export function replaceQuery(path: string, query: URLSearchParams): void {
  const text = query.toString();
  window.history.replaceState(null, '', text === '' ? path : `${path}?${text}`);
}
