import { aliasesOf, type ModelRecord } from '@thaw/tracking';
import type { Model } from '../api/operations/models.ts';

/** A model as the API gives it. */
export function describeModel(model: ModelRecord): Model {
  const { name, versions, moves } = model;
  return {
    name,
    moves: [...moves],
    versions: [...versions].reverse().map((version) => ({
      version: version.version,
      aliases: aliasesOf(model, version.version),
      created: version.created,
      run: version.run,
      sweep: version.sweep,
      trial: version.trial,
      parameters: version.parameters,
      backbone: version.settings.model.backbone,
      scenario: version.settings.model.scenario,
      classes: version.classes,
      summary: version.summary,
      notes: version.choice.notes,
      provenance: version.provenance,
      weights_sha256: version.weights_sha256,
      verified: version.verified,
    })),
  };
}
