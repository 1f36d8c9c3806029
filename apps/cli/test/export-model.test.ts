import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exportModel, type ExportModelOptions } from '../src/models/export-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'thaw-export-model-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each<[Partial<ExportModelOptions>, string]>([
  [
    { output: 'cells.zip' },
    '--output: found cells.zip; allowed with --format keras: a name that ends in .keras',
  ],
  [
    { format: 'h5', output: 'x.keras' },
    '--output: found x.keras; allowed with --format h5: a name that ends in .h5',
  ],
  [{ precision: 'float16' }, '--precision: found with --format keras; allowed: with onnx'],
  [
    { format: 'onnx', output: 'x.onnx', license: 'mit' },
    '--license: found with --format onnx; allowed: with huggingface',
  ],
  [
    { format: 'huggingface', input: 'pixels' },
    '--input: found with --format huggingface; allowed: with keras, h5, onnx',
  ],
  [{ format: 'onnx', output: 'x.onnx', batch: 0 }, '--batch: found 0; allowed: a whole number from 1'],
  [{ model: 'cells:' }, 'found "cells:"; allowed: a model, MODEL@ALIAS or MODEL:VERSION'],
  [{}, 'there is no model "cells"'],
])('models export says what is wrong with %j', async (options, message) => {
  const all = {
    ...({ runsDir: folder, model: 'cells', format: 'keras', output: 'cells.keras', input: null } as const),
    ...{ batch: null, precision: null, license: null, datasets: [], ...options },
  };
  await expect(exportModel(all)).rejects.toThrow(message);
});
