import { aliasesOf, type ModelRecord } from './model-store.ts';

/** A model with its versions as `models --output` gives it. */
export function modelDocument(model: ModelRecord) {
  return {
    name: model.name,
    aliases: Object.fromEntries(model.aliases),
    moves: model.moves,
    versions: model.versions.map((version) => ({
      version: version.version,
      aliases: aliasesOf(model, version.version),
      created: version.created,
      run: version.run,
      sweep: version.sweep,
      trial: version.trial,
      parameters: version.parameters,
      classes: version.classes,
      summary: version.summary,
      notes: version.choice.notes,
    })),
  };
}
