/** The page of a version of a model. */
export function versionPath(model: string, version: number): string {
  return `/models/${encodeURIComponent(model)}/${version}`;
}

/** The try page with a version chosen. */
export function tryPath(model: string, version: number): string {
  return `/try?model=${encodeURIComponent(`${model}:${version}`)}`;
}
