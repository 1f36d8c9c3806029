/**
 * What each backbone costs beside the same network of Keras, by turns, each measurement in a process of its own: features of images and a
 * training step of every layer, weights random, images from memory, a thread a core. Milliseconds an image, of processors (user and
 * system, all threads) and by the clock, the median of all batches; the most memory that a process took.
 *
 *   npx tsx bench/backbones.ts [--backbones resnet50,densenet121] [--size 224] [--batch 16] [--batches 4] [--rounds 3] [--python python3]
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { median } from '@thaw/base';
import { backboneOf, backbones } from '@thaw/model';
import type { BackboneCost, BackboneWork } from './measure/backbone-process.ts';
import { inOwnProcess } from './measure/in-own-process.ts';

const { values: options } = parseArgs({
  options: {
    backbones: { type: 'string', default: Object.keys(backbones).join(',') },
    size: { type: 'string', default: '224' },
    batch: { type: 'string', default: '16' },
    batches: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
  },
});
const [size, batch, batches] = [options.size, options.batch, options.batches].map(Number) as [
  number,
  number,
  number,
];
const script = fileURLToPath(new URL('peers/time_backbone.py', import.meta.url));

console.log('| backbone | | Thaw | Keras | Thaw / Keras | by the clock | memory, GB |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const backbone of options.backbones.split(',')) {
  for (const work of ['features', 'step'] as const) {
    const [ours, theirs]: [BackboneCost[], BackboneCost[]] = [[], []];
    for (let round = 0; round < Number(options.rounds); round++) {
      const wanted: BackboneWork = { backbone, work, size, batch, batches };
      ours.push(await inOwnProcess<BackboneCost>('backbone-process.ts', wanted));
      theirs.push(await byKeras(wanted));
    }
    const [cpu, peer] = [cost(ours, 'cpuMilliseconds'), cost(theirs, 'cpuMilliseconds')];
    const [clock, peerClock] = [cost(ours, 'milliseconds'), cost(theirs, 'milliseconds')];
    const memory = [ours, theirs].map((all) => Math.max(...all.map((each) => each.peakMemoryBytes)) / 1e9);
    const cells = [
      `\`${backbone}\``,
      work,
      ...[cpu, peer].map((value) => value.toFixed(1)),
      (cpu / peer).toFixed(2),
      `${clock.toFixed(1)} / ${peerClock.toFixed(1)} = ${(clock / peerClock).toFixed(2)}`,
      memory.map((value) => value.toFixed(1)).join(' / '),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function cost(all: readonly BackboneCost[], unit: 'milliseconds' | 'cpuMilliseconds'): number {
  return median(all.flatMap((each) => [...each[unit]]));
}

async function byKeras({ backbone, work }: BackboneWork): Promise<BackboneCost> {
  const { title } = backboneOf({ backbone });
  const args = ['--network', title, '--work', work, '--size', options.size];
  const counts = ['--batch', options.batch, '--batches', options.batches];
  const { stdout } = await promisify(execFile)(options.python, [script, ...args, ...counts], {
    env: { ...process.env, KERAS_BACKEND: 'tensorflow' },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as BackboneCost;
}
