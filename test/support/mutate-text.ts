import type { Random } from '@thaw/base';

/** What breaks readers of YAML: types, sizes, references, marks of the language, names of JavaScript, bytes that are no text. */
export const evilYaml = [
  ...['"a\\0b.h5"', '"\\0"', '.', '/', '~/x', '/dev/zero'],
  ...[
    'null',
    '~',
    'true',
    'no',
    '[]',
    '{}',
    '""',
    "'",
    '"',
    '|',
    '>',
    '&a',
    '*a',
    '<<: *a',
    '!!binary x',
    '!!set {a, b}',
  ],
  ...[
    '!!js/function x',
    '---',
    '...',
    '%YAML 1.1',
    '#',
    ':',
    '- ',
    '? a',
    '@',
    '`',
    '\t',
    '\r',
    '\0',
    '\u2028',
    '\ufeff',
  ],
  ...[
    '-1',
    '0',
    '1e999',
    '-.inf',
    '.nan',
    '0x7fffffff',
    '1e-300',
    '4294967296',
    '9007199254740993',
    '99999999999999999999',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'model.scenario',
    'a'.repeat(5000),
    '['.repeat(2000),
    '{a: '.repeat(300),
  ],
  ...[
    '{min: 0, max: 4294967295}',
    '{values: []}',
    '{distribution: log_uniform, min: -1, max: 1e9}',
    '[[[[1]]]]',
    '💥',
    '\ud800',
  ],
  ...[
    '{distribution: q_uniform, min: 0, max: 1e15, q: 1e-9}',
    '{pattern: "(a+)+$"}',
    '2026-11-28',
    '1:30',
    '0o17',
    '1_000',
  ],
];

/** What breaks readers of tables: quotes, separators, ends of lines, names that lead elsewhere. */
export const evilCsv = [
  ...[
    '"',
    '""',
    '"a',
    ',',
    ',,',
    ';',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\n\n',
    '\0',
    '\ufeff',
    '\u2028',
    ' ',
    '#',
    "'",
  ],
  ...[
    '../x.png',
    '/etc/passwd',
    'C:\\x.png',
    '..\\..\\x.png',
    './',
    '.',
    '',
    'a'.repeat(5000),
    'img',
    'img/',
  ],
  ...[
    '__proto__',
    'constructor',
    'train',
    'VALID',
    'holdout',
    'A',
    'a',
    'A ',
    'A\u200b',
    'caf\u00e9',
    'cafe\u0301',
    '=1+1',
  ],
];

/** A text with some of its lines, words and characters changed, cut out, repeated, moved or put in. */
export function mutatedText(text: string, evil: readonly string[], random: Random): string {
  let now = text;
  const changes = 1 + random.int(2);
  for (let i = 0; i < changes; i++) now = mutatedOnce(now, evil, random);
  return now;
}

function mutatedOnce(text: string, evil: readonly string[], random: Random): string {
  const put = evil[random.int(evil.length)]!;
  const at = random.int(text.length + 1);
  const lines = text.split('\n');
  const line = random.int(lines.length);
  const other = random.int(lines.length);
  switch (random.int(10)) {
    case 0:
      return text.slice(0, at) + put + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random.int(8));
    case 2:
      return text.slice(0, at);
    case 3:
      return lines.with(line, lines[other]!).join('\n');
    case 4:
      return lines.toSpliced(line, 1).join('\n');
    case 5:
      return lines.toSpliced(line, 0, lines[other]!).join('\n');
    case 6:
      return lines.with(line, ' '.repeat(random.int(5)) + lines[line]!.trimStart()).join('\n');
    case 7:
      return lines.with(line, lines[line]!.replace(/[:,]\s*[^,}]*/, `: ${put}`)).join('\n');
    default: {
      const words = [...text.matchAll(/[\w.]+/g)];
      const word = words[random.int(Math.max(words.length, 1))];
      if (!word) return put;
      return text.slice(0, word.index) + put + text.slice(word.index + word[0].length);
    }
  }
}
