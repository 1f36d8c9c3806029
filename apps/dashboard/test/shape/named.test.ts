import { runName, type RunRow } from '@thaw/tracking';
import { expect, it } from 'vitest';
import type { ModelVersion } from '../../api/operations/models.ts';
import { namedRow } from '../../shape/named-row.ts';
import { namedVersion } from '../../shape/named-version.ts';

it('calls a trial by its backbone in tables of runs as in those of models', () => {
  const id = '20261129-150348-walk-003-rxd6';
  const sweep = '20261129-150316-walk-vav5';
  const row: RunRow = {
    id,
    sweep,
    number: 3,
    'model.backbone': 'resnet50',
    'model.scenario': 'full_fine_tune',
  };
  const version = { run: id, sweep, trial: 3, backbone: 'resnet50', scenario: 'full_fine_tune' };
  const names = [namedRow(row), namedVersion(version as ModelVersion)].map(runName);
  expect(names).toEqual(Array(2).fill('Trial 3, resnet50, full_fine_tune'));
});
