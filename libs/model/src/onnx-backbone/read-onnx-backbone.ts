import { UserError } from '@thaw/base';
import { readOnnxHeader, type OnnxBackbone, type OnnxHeader } from '@thaw/compute';
import type { Problem } from '@thaw/experiment';
import { featuresOf } from './features-of.ts';
import { imagesOf } from './images-of.ts';
import type { OnnxSettings } from './onnx-settings.ts';

/** What a file is as a backbone, or everything that has to be said or mended before it can be one, by the settings' paths. */
export function readOnnxBackbone(
  settings: OnnxSettings,
): { readonly graph: OnnxBackbone } | { readonly problems: readonly Problem[] } {
  const { backbone: file, input = {} } = settings;
  let header: OnnxHeader;
  try {
    header = readOnnxHeader(file);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problems: [{ path: ['model', 'backbone'], message: error.message }] };
  }
  const images = imagesOf(header, settings);
  if ('problems' in images) return images;
  const features = featuresOf(header, file, input.output, images.layout);
  if ('problems' in features) return features;
  return { graph: { file, sha256: header.sha256, ...images, ...features } };
}
