/** Trains two steps in a process of its own and prints, as JSON, by how many bytes its peak memory grew, and the estimate. */
import { Random } from '@thaw/base';
import { portableLayout } from '../../src/engines/onnx/layouts/choose-layout.ts';
import { OnnxEngine } from '../../src/engines/onnx/onnx-engine.ts';
import type { Network } from '../../src/network.ts';
import { sgd } from '../../src/optimizer.ts';
import { conv, head, norm, randomBatch, randomWeights, relu } from '../networks.ts';

const batch = Number(process.argv[2]);
const blocks = [32, 16, 64, 16].map((filters, i) => [
  conv(`conv_${i}`, i === 0 ? 'image' : `relu_${i - 1}`, filters, { kernelSize: i === 0 ? 3 : 1 }),
  norm(`norm_${i}`, `conv_${i}`),
  relu(`relu_${i}`, `norm_${i}`),
]);
const network: Network = {
  input: { name: 'image', shape: [112, 112, 3] },
  layers: [...blocks.flat(), ...head('relu_3')],
};
const trainable = new Set(network.layers.map((layer) => layer.name));
// The fastest layout that this processor has, unless the portable one is asked for.
const engine = new OnnxEngine(
  { sharedCores: true },
  process.argv[3] === 'portable' ? portableLayout : undefined,
);
const estimated = await engine.stepMemory(network, { batch, trainable });
const random = new Random('memory');
const trainer = await engine.trainer(network, randomWeights(network, random), { trainable, optimizer: sgd });
const { inputs, labels } = randomBatch(network, batch, random);
const peak = () => process.resourceUsage().maxRSS * 1024;
const before = peak();
for (let step = 0; step < 2; step++) await trainer.step(inputs, labels, 0.01);
console.log(JSON.stringify({ estimated, measured: peak() - before }));
await trainer.dispose();
