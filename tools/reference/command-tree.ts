import type { CommandModule, Options } from 'yargs';

export interface DescribedOption {
  /** `--workers`, or the name of a positional as it stands in the command. */
  readonly name: string;
  readonly isPositional: boolean;
  readonly options: Options;
}

/** A command as its module describes it to yargs. */
export interface DescribedCommand {
  /** The words that call it, and what follows: `runs show <run>`. */
  readonly usage: string;
  readonly describe: string;
  readonly options: readonly DescribedOption[];
  readonly examples: readonly (readonly [command: string, means: string])[];
  readonly epilogue: string | null;
  readonly commands: readonly DescribedCommand[];
}

/** A module whatever its arguments: of it only what it tells yargs is asked. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyCommand = CommandModule<any, any>;

/** Lets a command's builder describe the command to a stand-in for yargs. Throws TypeError where it uses what the stand-in lacks. */
export function describeCommand({ command, describe, builder }: AnyCommand, above = ''): DescribedCommand {
  const [usage] = [command ?? ''].flat();
  const words = `${above} ${usage!}`.trim();
  const called = words.replace(/ [[<].*/, '');
  const options: DescribedOption[] = [];
  const examples: [string, string][] = [];
  const commands: DescribedCommand[] = [];
  let epilogue: string | null = null;
  const recorder = {
    option: (name: string, given: Options) => {
      options.push({ name: `--${name}`, isPositional: false, options: given });
      return recorder;
    },
    options: (table: Record<string, Options>) => {
      for (const [name, given] of Object.entries(table)) recorder.option(name, given);
      return recorder;
    },
    positional: (name: string, given: Options) => {
      options.push({ name, isPositional: true, options: given });
      return recorder;
    },
    example: (text: string, means: string) => {
      examples.push([text, means]);
      return recorder;
    },
    command: (module: AnyCommand) => {
      commands.push(describeCommand(module, called));
      return recorder;
    },
    epilogue: (text: string) => {
      epilogue = text;
      return recorder;
    },
    demandCommand: () => recorder,
    strict: () => recorder,
    check: () => recorder,
    conflicts: () => recorder,
    implies: () => recorder,
    parserConfiguration: () => recorder,
  };
  if (typeof builder === 'function') void builder(recorder as never);
  return { usage: words, describe: String(describe), options, examples, epilogue, commands };
}
