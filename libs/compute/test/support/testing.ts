export * from './onnx-file.ts';
export { portableEngine } from './portable-engine.ts';
