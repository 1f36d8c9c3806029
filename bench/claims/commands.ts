import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from '@thaw/base';
import type { Claim, Figure } from '../claim.ts';
import { runThaw, sourceOf, throughNx } from '../measure/versions.ts';

const rounds = 5;

/** A sweep so small that its runs are all that is left of it. */
const tiny = {
  name: 'tiny',
  dataset: { train_sources_per_class: 2, test_sources_per_class: 2, images_per_source: 3 },
  model: { alpha: 0.35, image_size: 32, weights: 'random' },
  training: { epochs: 1 },
  parameters: { 'model.head_units': { values: [4, 8, 16] } },
};

export const commands: Claim = {
  says: 'Commands that look at runs start at once',
  async measure({ before, installed, scratch, note }) {
    const folder = join(scratch, 'commands');
    const runsDir = join(folder, 'runs');
    await mkdir(folder);
    const [good, bad] = [join(folder, 'tiny.yaml'), join(folder, 'bad.yaml')];
    await writeFile(good, JSON.stringify(tiny));
    await writeFile(bad, JSON.stringify({ ...tiny, trainning: {} }));
    const now = await installed();
    // Whatever is older than this commit can be read by it, and not the other way round.
    const first = before ? sourceOf(before) : now;
    await runThaw(first, ['sweep', '--config', good, '--runs-dir', runsDir]);

    const asked: Record<string, { readonly args: readonly string[]; readonly exitCode?: number }> = {
      '--help': { args: ['--help'] },
      'runs list': { args: ['runs', 'list', '--runs-dir', runsDir] },
      'runs show': { args: ['runs', 'show', 'latest', '--runs-dir', runsDir] },
      'a file with a mistake': { args: ['sweep', '--config', bad, '--runs-dir', runsDir], exitCode: 1 },
    };
    const figures: Figure[] = [];
    for (const [what, { args, exitCode = 0 }] of Object.entries(asked)) {
      const [ours, ratios]: [number[], number[]] = [[], []];
      for (let round = 1; round <= rounds; round++) {
        note(`Thaw: ${what}, round ${round} of ${rounds}`);
        const { cpuSeconds } = await runThaw(now, args, { exitCode });
        ours.push(cpuSeconds);
        if (before === null) continue;
        const theirs = await runThaw(sourceOf(before), args, { exitCode });
        ratios.push(cpuSeconds / theirs.cpuSeconds);
      }
      figures.push({ what: `${what}, installed`, unit: 's of CPU', values: ours, limit: null });
      if (ratios.length > 0) {
        const name = `${what}, installed / before`;
        figures.push({ what: name, unit: 'ratio', values: ratios, limit: { atMost: 0.3 } });
      }
    }
    const alone = median([...figures.find(({ what }) => what.startsWith('runs list'))!.values]);
    const more: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      note(`Thaw: npx nx run runs list, round ${round} of ${rounds}`);
      const { cpuSeconds } = await runThaw(throughNx(), ['runs', 'list', '--runs-dir', runsDir]);
      more.push(cpuSeconds - alone);
    }
    const limit = { atMost: 1.2, scales: true };
    figures.push({
      what: 'npx nx run runs list, more than installed',
      unit: 's of CPU',
      values: more,
      limit,
    });
    return figures;
  },
};
