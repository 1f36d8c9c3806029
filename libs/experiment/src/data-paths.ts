/** These change how images look, not which they are. */
const howImagesAreRead = ['dataset.interpolation', 'dataset.resize', 'dataset.depth'];

/** Whether the setting of this path decides which images there are and how they are split. */
export function isDataPath(path: string): boolean {
  return /^(dataset|split)(\.|$)/.test(path);
}

/**
 * The swept settings, in their order, that have several values among the trials and change which images these were validated
 * on: figures of their validation images then cannot be compared as they stand.
 */
export function pathsThatVaryValidation(
  trials: readonly { readonly parameters: Readonly<Record<string, unknown>> }[],
): string[] {
  const paths = new Set(trials.flatMap(({ parameters }) => Object.keys(parameters)));
  return [...paths].filter(
    (path) =>
      isDataPath(path) &&
      !howImagesAreRead.includes(path) &&
      new Set(trials.map(({ parameters }) => JSON.stringify(parameters[path]))).size > 1,
  );
}
