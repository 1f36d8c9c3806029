import { unknownName } from './nearest.ts';

export interface KnownNames {
  /** As they are typed but for what `spelt` adds. */
  readonly options: readonly string[];
  readonly commands?: readonly string[];
  /** Writes an option as it is typed. */
  readonly spelt: (option: string) => string;
}

/** The nearest name for each unknown one of a command line, in place of yargs's message of them; null for its other messages. */
export function unknownNames(
  message: string,
  args: readonly string[],
  { options, commands = [], spelt }: KnownNames,
): string | null {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/.exec(message)?.[1];
  if (unknown === undefined) return null;
  const words = new Set(unknown.split(', ').map((word) => (args.includes(word) ? word : kebab(word))));
  const explained = [...words].map((word) => {
    if (args.includes(word)) return unknownName('argument', word, args[0] === word ? commands : []);
    return unknownName('option', word, options, spelt);
  });
  return explained.join('\n');
}

/** yargs names an option of several words both as it was written and in camel case. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
