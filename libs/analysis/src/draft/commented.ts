const width = 110;

/** A text as YAML comments, each paragraph wrapped; an empty one parts them. */
export function comment(...paragraphs: readonly string[]): string {
  return paragraphs
    .flatMap((paragraph) => (paragraph.startsWith('  ') ? [paragraph] : wrapped(paragraph)))
    .map((line) => (line === '' ? '#' : `# ${line}`))
    .join('\n');
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A setting, or a command, with what it means beside it. */
export function line(setting: string, meaning: string, column = 34): string {
  return `${setting.padEnd(column)} # ${meaning}`;
}

/** A section on one line. */
export function flow(section: object): string {
  const entries = Object.entries(section).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `{${entries.join(', ')}}`;
}

/** A value as YAML reads it back: plain where that is the same, else in quotes. */
export function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = /^[A-Za-z./][\w./ -]*$/.test(value) && !/\s$/.test(value);
  return isPlain && !/^(?:true|false|null|yes|no|on|off|\.?inf|\.nan|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
