/** Dotted paths of what a sweep varies, constants left out, in the order of the experiment file. */
export function sweptPaths(parameters: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(parameters)
    .filter(([, parameter]) => (parameter as { values?: unknown[] }).values?.length !== 1)
    .map(([path]) => path);
}
