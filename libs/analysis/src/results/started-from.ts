/** The SHA-256 of what a run's backbone started from, where its record says so. */
export function startedFrom({ provenance }: { readonly provenance: unknown }): string | undefined {
  const { weights } = (provenance ?? {}) as { weights?: { sha256?: string } };
  return weights?.sha256;
}
