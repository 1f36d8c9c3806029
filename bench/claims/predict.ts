import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Claim } from '../claim.ts';
import { runCommand, type CommandCost } from '../measure/run-command.ts';
import { runThaw } from '../measure/versions.ts';

const rounds = 5;
const side = 224;
/** Few files, to see that more of them take no more memory. */
const few = 200;
const loop = resolve(import.meta.dirname, '../peers/predict-loop.mjs');

export const predict: Claim = {
  says: 'Classifying many files takes less time than a plain loop over ONNX Runtime and sharp, and no memory for each',
  async measure({ data, installed, scratch, note }) {
    const folder = join(scratch, 'predict');
    const [runsDir, config] = [join(folder, 'runs'), join(folder, 'model.yaml')];
    await mkdir(folder);
    const dataset = { path: resolve(data.folder), limit_per_class: 20 };
    const model = { weights: 'bundled', image_size: side };
    await writeFile(config, JSON.stringify({ name: 'model', dataset, model, training: { epochs: 1 } }));
    const thaw = await installed();
    await runThaw(thaw, ['sweep', '--config', config, '--runs-dir', runsDir]);
    await runThaw(thaw, ['promote', '--run', 'latest', '--name', 'cells', '--runs-dir', runsDir]);

    const test = resolve(data.folder, 'TEST');
    const names = await readdir(test, { recursive: true, withFileTypes: true });
    const files = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
    const ask = ['predict', '--model', 'cells', '--runs-dir', runsDir, '--format', 'csv'];
    const onnx = join(runsDir, 'models/cells/1/model.onnx');
    const [ours, theirs, one]: [CommandCost[], CommandCost[], CommandCost[]] = [[], [], []];
    for (let round = 1; round <= rounds; round++) {
      note(`Thaw: ${files.length} files and one, round ${round} of ${rounds}`);
      ours.push(await runThaw(thaw, [...ask, test]));
      one.push(await runThaw(thaw, [...ask, files[0]!]));
      note(`a plain loop: the same files, round ${round} of ${rounds}`);
      theirs.push(await runCommand([process.execPath, loop, onnx, String(side), test]));
    }
    const atFew = await runThaw(thaw, [...ask, ...files.slice(0, few)]);
    const ratios = (of: (cost: CommandCost) => number) => ours.map((each, i) => of(each) / of(theirs[i]!));
    return [
      { what: `predict, ${files.length} files`, unit: 's', values: ours.map(secondsOf), limit: null },
      {
        what: 'predict / plain loop',
        unit: 'ratio',
        values: ratios(secondsOf),
        limit: { atMost: 0.8 },
      },
      { what: 'predict / plain loop, CPU', unit: 'ratio', values: ratios(cpuOf), limit: null },
      {
        what: `predict, peak memory of all files / of ${few}`,
        unit: 'ratio',
        values: ours.map((each) => each.peakMemoryBytes / atFew.peakMemoryBytes),
        limit: { atMost: 1.1 },
      },
      {
        what: 'predict, one file',
        unit: 's of CPU',
        values: one.map(cpuOf),
        limit: { atMost: 0.5, scales: true },
      },
    ];
  },
};

const secondsOf = ({ seconds }: CommandCost) => seconds;
const cpuOf = ({ cpuSeconds }: CommandCost) => cpuSeconds;
