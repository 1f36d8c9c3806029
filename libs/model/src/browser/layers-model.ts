import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { setBackend, tensor4d, type Tensor as TfTensor } from '@tensorflow/tfjs-core';
import { loadLayersModel, model as modelOf, type LayersModel } from '@tensorflow/tfjs-layers';
import type { Tensor } from '@thaw/compute';
import type { DenseLayer } from '../formats/dense-head.ts';

/** The files that TensorFlow.js's WebAssembly backend chooses from. */
export type WasmFile =
  'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm' | 'tfjs-backend-wasm-threaded-simd.wasm';

/** A classifier's TensorFlow.js file, opened in a browser. */
export interface BrowserModel {
  /** The fully connected layers behind the pooled features, of several networks' mean those of the first. */
  readonly head: readonly DenseLayer[];
  /** Of inputs [images, height, width, 3]: what `onnxOutputs` names, in its order. */
  run(inputs: Tensor): Promise<[probabilities: Tensor, features: Tensor, featureMap: Tensor]>;
  dispose(): void;
}

let backend: Promise<boolean> | null = null;

/**
 * Opens the `model.json` that `saveTensorflowJsModel` wrote, at an address, on the WebAssembly backend, whose files are at the
 * addresses given. Rejects where one of them cannot be fetched.
 */
export async function openBrowserModel(
  url: string,
  wasmFiles: Readonly<Record<WasmFile, string>>,
): Promise<BrowserModel> {
  backend ??= startBackend(wasmFiles);
  await backend;
  const loaded = await loadLayersModel(url);
  const pool = loaded.layers.find(isPoolOfFeatures)!;
  const seeing = modelOf({
    inputs: loaded.inputs,
    outputs: [loaded.outputs[0]!, oneOf(pool.output), oneOf(pool.input)],
  });
  return {
    head: await denseLayers(loaded),
    run: async ({ shape, data }) => {
      const inputs = tensor4d(data, shape as [number, number, number, number]);
      const outputs = seeing.predict(inputs) as TfTensor[];
      inputs.dispose();
      return Promise.all(outputs.map(taken)) as Promise<[Tensor, Tensor, Tensor]>;
    },
    dispose: () => void loaded.dispose(),
  };
}

async function startBackend(wasmFiles: Readonly<Record<WasmFile, string>>): Promise<boolean> {
  setWasmPaths(wasmFiles);
  if (await setBackend('wasm')) return true;
  throw new Error('this browser cannot start WebAssembly');
}

/** Pooling inside a squeeze-and-excitation is followed by a Reshape (`kerasTopology`). */
function isPoolOfFeatures(layer: LayersModel['layers'][number]): boolean {
  const isGate = layer.outboundNodes.some(({ outboundLayer }) => outboundLayer.getClassName() === 'Reshape');
  return layer.getClassName() === 'GlobalAveragePooling2D' && !isGate;
}

async function denseLayers({ layers }: LayersModel): Promise<DenseLayer[]> {
  const dense = layers.filter((layer) => layer.getClassName() === 'Dense');
  const last = dense.findIndex((layer) => layer.getConfig().activation === 'softmax');
  return Promise.all(
    dense.slice(0, last + 1).map(async (layer) => {
      const [kernel, bias] = await Promise.all(layer.getWeights().map(copied));
      const { activation } = layer.getConfig();
      return { kernel: kernel!, bias: bias!, activation: activation as DenseLayer['activation'] };
    }),
  );
}

async function copied(value: TfTensor): Promise<Tensor> {
  return { shape: value.shape, data: (await value.data()) as Float32Array };
}

async function taken(value: TfTensor): Promise<Tensor> {
  const copy = await copied(value);
  value.dispose();
  return copy;
}

function oneOf<T>(value: T | T[]): T {
  return Array.isArray(value) ? value[0]! : value;
}
