import { didYouMean, nearest } from '../messages/nearest.ts';
import { show } from '../messages/show.ts';

/** W&B's macros of a command, each an item of its own. */
export const macros = [
  'env',
  'interpreter',
  'program',
  'args',
  'args_no_hyphens',
  'args_no_equals',
  'args_no_boolean_flags',
  'args_json',
  'args_json_file',
] as const;
export type Macro = (typeof macros)[number];

/** What W&B starts where a file has no command. */
export const usualCommand = ['${env}', '${interpreter}', '${program}', '${args}'];

const anyMacro = /\$\{([^}]*)\}/g;
const variable = /^envvar:(.*)$/;

/** The macro that an item of a command is; null for a word. */
export function macroOf(item: string): Macro | null {
  return macros.find((name) => item === `\${${name}}`) ?? null;
}

/** What is wrong with an item of a command; null when nothing is. `environment` is that of the sweep. */
export function commandProblem(item: string, environment: NodeJS.ProcessEnv): string | null {
  if (macroOf(item) !== null) return null;
  for (const [found, name = ''] of item.matchAll(anyMacro)) {
    const wanted = variable.exec(name)?.[1];
    if (wanted !== undefined) {
      if (environment[wanted] !== undefined) continue;
      return `found ${found}, but the environment has no ${wanted}; allowed: a variable that is set`;
    }
    const allowed = [...macros, 'envvar:NAME'].map((each) => `\${${each}}`).join(', ');
    if (macros.some((each) => each === name)) {
      return `found ${found} as a part of ${show(item)}; allowed: an item of its own`;
    }
    const near = nearest(name, macros);
    return `found an unknown macro ${found}; allowed: ${allowed}${didYouMean(near && `\${${near}}`)}`;
  }
  return null;
}

/** An item with the variables of the environment in their places. */
export function withVariables(item: string, environment: NodeJS.ProcessEnv): string {
  return item.replace(
    anyMacro,
    (found, name: string) => environment[variable.exec(name)?.[1] ?? ''] ?? found,
  );
}
