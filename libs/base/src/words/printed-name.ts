/** Control, format and unassigned characters, separators but the space, and lone halves of a pair: what prints as nothing or breaks a line. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A name as one line of a table or a message shows it: what breaks the line or cannot be seen is spelt out, `\n`, `\u{200b}`.
 * Joiners and selectors inside of emoji and scripts that need them stay.
 */
export function printedName(name: string): string {
  // Of a table of thousands of rows nearly all cells.
  if (/^[\x20-\x7e]*$/.test(name)) return name;
  return name.replace(invisible, (character, at: number) => {
    if (/[\u200c\u200d\ufe0e\ufe0f]/.test(character) && /[^\p{ASCII}]$/u.test(name.slice(0, at)))
      return character;
    return short[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}

/**
 * Equal for names that readers cannot tell apart: compatible forms (Unicode's NFKC), letters of another case, what cannot be
 * seen, and spaces at the ends or several of them.
 */
export function printedAlike(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .toLowerCase();
}

const reportRows = ['accuracy', 'macro avg', 'weighted avg'];

/** How a report names the row of a class: a class that is called as one of its other rows is told from that. */
export function classRow(name: string): string {
  return reportRows.includes(name) ? `class ${name}` : printedName(name);
}
