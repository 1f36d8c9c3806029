import { apiBase } from './operation.ts';

/** The parameters with which an address is that of an operation's path, such as `/models/{model}`; null where it is another one. */
export function pathParameters(path: string, url: string): Record<string, string> | null {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const pattern = new RegExp(`^${apiBase}${path.replace(/\{\w+\}/g, '([^/]+)')}$`);
  const match = pattern.exec(url.split('?', 1)[0]!);
  if (!match) return null;
  try {
    return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1]!)]));
  } catch {
    return null;
  }
}
