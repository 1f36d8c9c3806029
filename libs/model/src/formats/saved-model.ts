import { readFile } from 'node:fs/promises';
import { UserError } from '@thaw/base';
import * as z from 'zod';
import type { SavedWeight } from '../weights/match-weights.ts';
import { kerasTopologySchema, type KerasTopology } from './keras-topology.ts';
import { readTensorflowJsFile } from './tensorflow-js-weights.ts';

/** A model as files describe it, so that it can be written in another format whatever its layers are. */
export interface SavedModel {
  readonly topology: KerasTopology;
  /** By `<layer>/<weight>`, those of a layer in Keras's order. */
  readonly weights: readonly SavedWeight[];
}

const file = z.object({ modelTopology: kerasTopologySchema });

/** The model in a `model.json` that `saveTensorflowJsModel` wrote, with its weights. Throws UserError for a file of another kind. */
export async function readSavedModel(path: string): Promise<SavedModel> {
  const { weights } = await readTensorflowJsFile(path);
  const parsed = file.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new UserError(`${path} is not a model that Thaw wrote`, { kind: 'damaged' });
  return { topology: parsed.data.modelTopology, weights };
}
