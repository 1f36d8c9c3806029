import { UserError } from '@thaw/base';
import type { Settings } from '@thaw/experiment';
import type { Provenance } from '@thaw/tracking';
import type { ChosenRun } from '../gap/choose-run.ts';

/** A run that Thaw itself trained. */
export interface PromotableRun extends ChosenRun {
  readonly run: ChosenRun['run'] & { readonly settings: Settings; readonly provenance: Provenance };
}

/** Throws UserError for a run that was imported or logged by another program. */
export function withModel(chosen: ChosenRun): PromotableRun {
  const { id, settings, provenance } = chosen.run;
  if (!settings || !provenance)
    throw new UserError(`run ${id} brings no model that Thaw has trained, so there is nothing to promote`, {
      kind: 'conflict',
    });
  return { ...chosen, run: { ...chosen.run, settings, provenance } };
}
