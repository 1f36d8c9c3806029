/** The model and the action that an address asks for; null for one that asks for something else. */
export function predictPath(
  url: string,
): { readonly model: string; readonly action: 'predict' | 'explain' } | null {
  const match = /^\/api\/v1\/models\/([^/?]+)\/(predict|explain)(?:\?|$)/.exec(url);
  if (!match) return null;
  try {
    return { model: decodeURIComponent(match[1]!), action: match[2] as 'predict' | 'explain' };
  } catch {
    return null;
  }
}
