import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Claim, Figure } from '../claim.ts';
import type { CommandCost } from '../measure/run-command.ts';
import { costOfSweep } from '../measure/run-sweep.ts';
import { runThaw, throughNx, type Version } from '../measure/versions.ts';

const rounds = 5;
const config = resolve(import.meta.dirname, '../../experiments/unfreeze.yaml');

export const defaultSweep: Claim = {
  says: 'The sweep of the README spends its time in training, whatever its workers',
  async measure({ before, scratch, note }) {
    const folder = join(scratch, 'default-sweep');
    await mkdir(folder);
    let count = 0;
    const sweep = async (version: Version, ...args: string[]) => {
      const runsDir = join(folder, String(++count));
      const output = join(folder, `${count}.json`);
      const files = ['--config', config, '--runs-dir', runsDir, '--output', output];
      const cost = await runThaw(version, ['sweep', ...files, ...args]);
      return { ...cost, output, runsDir };
    };
    const now = throughNx();
    const usual: CommandCost[] = [];
    const [ratios, ofWorkers, apart]: [number[], number[], number[]] = [[], [], []];
    for (let round = 1; round <= rounds; round++) {
      note(`Thaw: the default sweep, round ${round} of ${rounds}`);
      usual.push(await sweep(now));
      if (before !== null) {
        const theirs = await sweep(throughNx(before));
        ratios.push(usual.at(-1)!.seconds / theirs.seconds);
      }
      const [one, two] = [await sweep(now, '--workers', '1'), await sweep(now, '--workers', '2')];
      ofWorkers.push(one.seconds / two.seconds);
      const { epochSeconds } = await costOfSweep(one);
      const inEpochs = epochSeconds.flat().reduce((sum, each) => sum + each, 0);
      apart.push(1 - inEpochs / one.seconds);
    }
    const against: Figure[] =
      ratios.length === 0
        ? []
        : [{ what: 'default sweep / before', unit: 'ratio', values: ratios, limit: { atMost: 0.55 } }];
    return [
      { what: 'default sweep', unit: 's', values: usual.map(({ seconds }) => seconds), limit: null },
      {
        what: 'default sweep, of all processes',
        unit: 's of CPU',
        values: usual.map(({ cpuSeconds }) => cpuSeconds),
        limit: null,
      },
      ...against,
      {
        what: 'default sweep, one worker / two',
        unit: 'ratio',
        values: ofWorkers,
        limit: { atMost: 1.15 },
      },
      {
        what: 'default sweep, share outside its epochs',
        unit: 'ratio',
        values: apart,
        limit: { atMost: 0.2 },
      },
    ];
  },
};
