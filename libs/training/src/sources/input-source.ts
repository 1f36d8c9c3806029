import type { Tensor } from '@thaw/compute';
import type { Mixing } from '../mixing.ts';
import type { Augmenting } from './pixels.ts';
import type { View } from './view.ts';

/** Gives the part of the network that trains what it reads: images, or what the frozen part makes of them. */
export interface InputSource {
  /** Values of one image's input. */
  readonly length: number;
  /** Makes ready what can be made in advance; `onProgress` counts images. */
  prepare(
    images: readonly View[],
    augmenting: Augmenting | null,
    options: { signal?: AbortSignal; onProgress: (done: number, total: number) => void },
  ): Promise<void>;
  /**
   * A batch of prepared images: [images, ...], of images that were mixed where `mixing` says how. It may lie in `into`, memory for just
   * these images, or share the source's memory: it is not to be written to.
   */
  load(
    images: readonly View[],
    augmenting: Augmenting | null,
    mixing?: Mixing | null,
    into?: Float32Array,
  ): Promise<Tensor>;
  dispose(): Promise<void>;
}
