import type { OnnxBackbone, OnnxHeader } from '@thaw/compute';
import type { Problem } from '@thaw/experiment';
import { shapeWords, similarName, someOf } from './names.ts';

type Features = Pick<OnnxBackbone, 'output' | 'mapLayout' | 'units'>;

const float32 = 1;

/**
 * Which value of a file's graph its features are, by the settings or because there is one output alone. `layout`: of the input, and of a
 * feature map whose shape does not tell.
 */
export function featuresOf(
  { outputs, values, made }: OnnxHeader,
  file: string,
  named: string | undefined,
  layout: OnnxBackbone['layout'],
): Features | { readonly problems: readonly Problem[] } {
  const problem = (message: string) => ({ problems: [{ path: ['model', 'input', 'output'], message }] });
  const found =
    named === undefined
      ? `found nothing, and ${file} has`
      : `found ${JSON.stringify(named)}, and ${file} has`;
  const ofOutputs = `allowed: ${someOf(outputs.map(({ name }) => name))}, or another value of its graph`;
  const output = named ?? (outputs.length === 1 ? outputs[0]!.name : undefined);
  if (output === undefined) return problem(`${found} ${outputs.length} outputs; ${ofOutputs}`);
  const known = [...new Set([...outputs.map(({ name }) => name), ...made])];
  if (!known.includes(output))
    return problem(`${found} no such value; ${ofOutputs}${similarName(output, known)}`);
  const value = values.get(output);
  if (!value?.shape) {
    return problem(
      `${found} no shape for it; allowed: a value whose shape the file states (onnx.shape_inference.infer_shapes writes those of all)`,
    );
  }
  const { shape, elementType } = value;
  const written = shapeWords(shape) + (elementType === float32 ? '' : ` of element type ${elementType}`);
  const mapLayout = shape.length === 4 ? (layoutOf(shape) ?? layout) : null;
  const units = mapLayout === 'NCHW' ? shape[1] : shape.at(-1);
  const isFitting = (shape.length === 2 || shape.length === 4) && typeof units === 'number';
  if (!isFitting || elementType !== float32) {
    const what = layout === 'NCHW' ? '[batch, channels, height, width]' : '[batch, height, width, channels]';
    return problem(
      `${found} ${named === undefined ? output : 'it'} as ${written}; allowed: float32 features, [batch, features], or a feature map, ${what}`,
    );
  }
  return { output, mapLayout, units };
}

/** How a map of square images is laid out: its equal sides tell, also within a graph that turns its images. Null where they do not. */
function layoutOf([, first, second, last]: readonly unknown[]): OnnxBackbone['layout'] | null {
  if (second === last && first !== second) return 'NCHW';
  return first === second && second !== last ? 'NHWC' : null;
}
