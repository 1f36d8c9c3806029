import type { VersionRecord } from '@thaw/tracking';
import { labelled } from '../../api/labelled.ts';
import type { PredictRequest } from './parse-request.ts';

/** Probabilities as the protocol of the request has them. */
export function answerOf(
  { form, id, images }: PredictRequest,
  { name, version, classes }: VersionRecord,
  rows: readonly Float32Array[],
): unknown {
  if (form === 'tensorflow-serving') return { predictions: rows.map((row) => [...row]) };
  if (form === 'open-inference') {
    const data = rows.flatMap((row) => [...row]);
    const output = { name: 'probabilities', shape: [rows.length, classes.length], datatype: 'FP32', data };
    return {
      model_name: name,
      model_version: String(version),
      ...(id !== null && { id }),
      outputs: [output],
    };
  }
  return {
    model: name,
    version,
    predictions: rows.map((row, i) => ({ file: images[i]?.file ?? null, ...labelled(row, classes) })),
  };
}
