import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { noAnnotations, openStore, runRow, runTable, startRun } from '../../src/index.ts';
import { asImportedRun } from '../../src/import/imported-run.ts';
import { someResults } from '../../src/import/results.ts';
import { temporaryFolder } from '../support/fixtures.ts';

/** What programs call theirs, and a run its own. */
const parameters = { epochs: 20, state: 'CA', run: 7, rate: 0.1 };

test('a figure or a parameter that is called as a column of the run itself stands beside it', async () => {
  const runsDir = temporaryFolder();
  const logged = await startRun({ name: 'loop', runsDir, parameters });
  logged.log({ loss: 1 });
  await logged.finish({ seconds: 3, state: 4 });
  const run = await openStore(runsDir).run(logged.id);
  const [row] = parse(runTable([run]), { columns: true }) as [Record<string, string>];
  expect(row).toMatchObject({
    ...{ run: logged.id, state: 'finished', seconds: String(run.seconds), epochs: '1', rate: '0.1' },
    ...{ 'params.epochs': '20', 'params.state': 'CA', 'params.run': '7' },
    ...{ 'metrics.seconds': '3', 'metrics.state': '4' },
  });
  expect(runRow(run, noAnnotations)).toMatchObject({
    ...{ id: logged.id, state: 'finished', seconds: run.seconds, 'metrics.seconds': 3 },
    ...{ epochs: 1, 'params.epochs': 20, 'params.state': 'CA', rate: 0.1 },
  });
  const none = runRow({ ...run, summary: null }, noAnnotations);
  expect([none['epochs'], none['params.epochs']]).toEqual([undefined, 20]);
});

test('so do those of an imported run', async () => {
  const figures = { val_accuracy: 0.5, seconds: 3, name: 4 };
  const results = someResults({ parameters: { ...parameters, val_accuracy: 1, program: 'a' }, figures });
  const run = await openStore(temporaryFolder()).importRun(asImportedRun(results, 'a.csv', null));
  expect(run.parameters).toEqual({
    ...{ 'params.epochs': 20, 'params.state': 'CA', run: 7, rate: 0.1 },
    ...{ 'params.val_accuracy': 1, 'params.program': 'a' },
  });
  expect(run.summary).toMatchObject({ val_accuracy: 0.5, 'metrics.seconds': 3, 'metrics.name': 4 });
});
