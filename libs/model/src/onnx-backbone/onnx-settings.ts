import type { ModelSettings, OnnxPath } from '@thaw/experiment';

/** The settings that say what an ONNX file is as a backbone. */
export interface OnnxSettings extends Pick<ModelSettings, 'input' | 'image_size'> {
  readonly backbone: OnnxPath;
}
