import type { RunRecord } from '@thaw/tracking';

/** The SHA-256 of what a run's backbone started from, where its record says so. */
export function startedFrom({ provenance }: { readonly provenance: unknown }): string | undefined {
  const { weights } = (provenance ?? {}) as { weights?: { sha256?: string } };
  return weights?.sha256;
}

/** The same of its pretrained backbone, which a run from scratch has not begun with. */
export function pretrainedFrom(run: Pick<RunRecord, 'provenance' | 'settings'>): string | undefined {
  return run.settings?.model.scenario === 'from_scratch' ? undefined : startedFrom(run);
}
