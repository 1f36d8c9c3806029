import type { EngineName, EngineOptions, Network, Weights } from '@thaw/compute';
import type { MixingDraw } from '../mixing.ts';
import type { Augmenting, PixelOptions } from '../sources/pixels.ts';
import type { View } from '../sources/view.ts';

/** What a thread makes of images. */
export interface ImageWork {
  readonly pixels: PixelOptions;
  /** Where the pixels of checked images may be kept; without it all are decoded. */
  readonly cacheDir?: string;
  /** The network that it runs on them and what runs it; null for a thread that gives the network's input. */
  readonly network: {
    readonly engine: EngineName;
    readonly options: EngineOptions;
    readonly prefix: Network;
    readonly weights: Weights;
  } | null;
}

export interface ImageRequest {
  readonly id: number;
  readonly images: readonly View[];
  readonly augmenting: Augmenting | null;
  /** Shared memory that takes the network's inputs, which the thread then runs no network on. */
  readonly into?: Float32Array;
}

/** So many images of a batch from `first` on, each mixed with another of the batch before the network sees it. */
export interface MixedRequest {
  readonly id: number;
  readonly images: number;
  readonly first: number;
  /** Shared memory with the network's inputs of the whole batch. */
  readonly batch: Float32Array;
  readonly mixing: MixingDraw;
}

/** `values` are the images' rows, one behind the other, or the shared memory that took their inputs. */
export type ImageAnswer =
  { readonly id: number; readonly values: Float32Array } | { readonly id: number; readonly error: string };
