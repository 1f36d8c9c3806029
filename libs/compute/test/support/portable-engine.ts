import { portableLayout } from '../../src/engines/onnx/layouts/choose-layout.ts';
import { OnnxEngine } from '../../src/engines/onnx/onnx-engine.ts';

/** ONNX Runtime in the layout that every processor has, whatever this one has. */
export const portableEngine = new OnnxEngine({ sharedCores: true }, portableLayout);
