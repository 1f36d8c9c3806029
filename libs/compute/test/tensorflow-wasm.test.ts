import { describe } from 'vitest';
import { loadWasm } from '../src/engines/tensorflow/load-tensorflow.ts';
import { TensorflowEngine } from '../src/engines/tensorflow/tensorflow-engine.ts';
import { engineContract } from './engine-contract.ts';
import { keepsNoTensors } from './tensorflow-leaks.ts';

engineContract('TensorFlow.js in WebAssembly', new TensorflowEngine({ sharedCores: true }, loadWasm));
describe('TensorFlow.js in WebAssembly', () => keepsNoTensors(loadWasm));
