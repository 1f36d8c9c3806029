import type { EngineName, EngineOptions, Network, Weights } from '@thaw/compute';
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
  /** Whether the network runs on them, where the thread has one. */
  readonly networked: boolean;
}

/** Inputs of the network, so many images, that were made elsewhere. */
export interface InputsRequest {
  readonly id: number;
  readonly images: number;
  readonly inputs: Float32Array;
}

/** `values` are the images' rows, one behind the other. */
export type ImageAnswer =
  { readonly id: number; readonly values: Float32Array } | { readonly id: number; readonly error: string };
