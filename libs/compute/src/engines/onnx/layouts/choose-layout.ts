import { tensor } from '../../../tensor.ts';
import { GraphBuilder } from '../graph-builder.ts';
import { createSession, fromOrt, toOrt } from '../session.ts';
import { BlockedLayout } from './blocked-layout.ts';
import type { Layout, LayoutFactory } from './layout.ts';
import { PortableLayout } from './portable-layout.ts';

/** Channels in a block with AVX-512 and with AVX2. */
const blocks = [16, 8];

export const portableLayout: LayoutFactory = (graph, batch) => new PortableLayout(graph, batch);

let chosen: Promise<LayoutFactory> | undefined;

/**
 * The fastest layout that gives right numbers on this processor. ONNX Runtime does not tell its block size and computes
 * nonsense with a wrong one, so each is tried on a convolution whose result is known.
 */
export function chooseLayout(): Promise<LayoutFactory> {
  chosen ??= findBlock().then((block) =>
    block === null ? portableLayout : (graph, batch) => new BlockedLayout(graph, batch, block),
  );
  return chosen;
}

async function findBlock(): Promise<number | null> {
  const expected = await tryLayout(portableLayout);
  for (const block of blocks) {
    const result = await tryLayout((graph, batch) => new BlockedLayout(graph, batch, block)).catch(
      () => null,
    );
    if (result?.every((value, i) => Math.abs(value - expected[i]!) < 1e-4)) return block;
  }
  return null;
}

/** A 3x3 convolution over 32 channels to 32 on one 4x4 image, computed in a layout. */
async function tryLayout(makeLayout: LayoutFactory): Promise<Float32Array> {
  const shape = { height: 4, width: 4, channels: 32 };
  const graph = new GraphBuilder();
  const layout: Layout = makeLayout(graph, 1);
  const image = layout.enter(graph.input('image', [1, 4, 4, 32]), shape, true);
  const weights = Float32Array.from({ length: 9 * 32 * 32 }, (_, i) => Math.sin(i));
  const kernel = layout.kernel(image, graph.floats(weights, [9 * 32, 32]), 3, 32, 32);
  const padding = { top: 1, bottom: 1, left: 1, right: 1 };
  graph.output(
    'result',
    layout.channelsFirst(layout.convolve(image, kernel, { kernel: [3, 3], padding }), shape),
  );
  const session = await createSession(graph.encode(), { sharedCores: true });
  try {
    const pixels = Float32Array.from({ length: 4 * 4 * 32 }, (_, i) => Math.cos(i));
    return fromOrt((await session.run({ image: toOrt(tensor([1, 4, 4, 32], pixels)) }))['result']!).data;
  } finally {
    await session.release();
  }
}
