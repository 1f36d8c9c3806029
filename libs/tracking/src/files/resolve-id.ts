import { UserError } from '@thaw/base';

const shown = 10;

/**
 * The one id that `query` names: the id itself or an unambiguous beginning of it. `ids` are sorted, oldest first; `kind` and
 * `where` are for the message of the UserError that lists what there is.
 */
export function resolveId(
  query: string,
  ids: readonly string[],
  kind: 'run' | 'sweep',
  where: string,
): string {
  if (ids.includes(query)) return query;
  const candidates = query === '' ? [] : ids.filter((id) => id.startsWith(query));
  if (candidates.length === 1) return candidates[0]!;
  if (candidates.length > 1) {
    throw new UserError(
      `"${query}" is the beginning of ${candidates.length} ${kind}s in ${where}; write more of the id:\n${list(candidates)}`,
    );
  }
  throw new UserError(
    ids.length === 0
      ? `there is no ${kind} "${query}": ${where} holds no ${kind}s`
      : `there is no ${kind} "${query}" in ${where}; write an id, an unambiguous beginning of one, or latest:\n${list(ids)}`,
    { kind: 'not-found' },
  );
}

function list(ids: readonly string[]): string {
  const lines = ids.slice(-shown).map((id) => `  ${id}`);
  if (ids.length > shown) lines.unshift(`  ... ${ids.length - shown} older ones`);
  return lines.join('\n');
}
