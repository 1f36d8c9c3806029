/** Tags with one that is typed and was not entered, as entering it would add it: trimmed, once whatever its case, and no more than `most`. */
export function withTyped(tags: readonly string[], typed: string, most: number): readonly string[] {
  const tag = typed.trim();
  const isThere = tags.some((each) => each.toLowerCase() === tag.toLowerCase());
  return tag === '' || isThere || tags.length >= most ? tags : [...tags, tag];
}
