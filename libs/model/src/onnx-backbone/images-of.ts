import type { OnnxBackbone, OnnxHeader } from '@thaw/compute';
import type { ModelSettings, Problem } from '@thaw/experiment';
import { shapeWords } from './names.ts';
import type { OnnxSettings } from './onnx-settings.ts';

type Images = Pick<OnnxBackbone, 'input' | 'layout' | 'scale' | 'mean' | 'std' | 'batch'>;
type Found<T> = T | { readonly problems: readonly Problem[] };
type InputSettings = NonNullable<ModelSettings['input']>;

const float32 = 1;

/** What a file's input is, and what images have to become before they are one: by the settings, else by the file. */
export function imagesOf(
  header: OnnxHeader,
  { backbone: file, input = {}, image_size }: OnnxSettings,
): Found<Images> {
  const refused = (message: string) => ({ problems: [{ path: ['model', 'backbone'], message }] });
  const [only, ...others] = header.inputs;
  if (!only || others.length > 0) {
    const names = header.inputs.map(({ name }) => name).join(', ');
    return refused(
      `found ${JSON.stringify(file)}, which has ${header.inputs.length} inputs (${names}); allowed: one, of images`,
    );
  }
  const { name, shape, elementType } = only;
  if (shape?.length !== 4 || elementType !== float32) {
    const is = elementType === float32 ? '' : ` of element type ${elementType}`;
    return refused(
      `found ${JSON.stringify(file)}, whose input ${name} is ${shape ? shapeWords(shape) : '[?]'}${is}; allowed: float32 images, [batch, 3, height, width] or [batch, height, width, 3]`,
    );
  }
  const layout = input.layout ?? layoutOf(shape);
  if (layout === null) {
    const message = `found nothing, and the input of ${file}, ${shapeWords(shape)}, has not one 3; allowed: NCHW or NHWC`;
    return { problems: [{ path: ['model', 'input', 'layout'], message }] };
  }
  const [channels, ...sides] = layout === 'NCHW' ? shape.slice(1) : [shape[3], shape[1], shape[2]];
  if (typeof channels === 'number' && channels !== 3) {
    return refused(
      `found ${JSON.stringify(file)}, whose input ${name} is ${shapeWords(shape)} with ${channels} channels (${layout}); allowed: 3, red, green and blue`,
    );
  }
  const fixed = sides.filter((side) => typeof side === 'number');
  if (fixed.some((side) => side !== image_size)) {
    const [one] = new Set(fixed);
    const allowed =
      new Set(fixed).size === 1
        ? `${one}, the side of the images that ${file} takes`
        : `a file that takes squares (${file} takes ${sides.map((side) => side ?? '?').join(' x ')})`;
    return {
      problems: [{ path: ['model', 'image_size'], message: `found ${image_size}; allowed: ${allowed}` }],
    };
  }
  const mean = channelsOf(input.mean) ?? stated(header, 'mean');
  const std = channelsOf(input.std) ?? stated(header, 'std');
  if (!mean || !std) return { problems: [missing(file, { mean, std })] };
  const [batch] = shape;
  return {
    input: name,
    layout,
    scale: input.scale ?? 1 / 255,
    mean,
    std,
    batch: typeof batch === 'number' ? batch : null,
  };
}

function layoutOf(shape: NonNullable<OnnxHeader['inputs'][number]['shape']>): 'NCHW' | 'NHWC' | null {
  const [first, last] = [shape[1] === 3, shape[3] === 3];
  if (first === last) return null;
  return first ? 'NCHW' : 'NHWC';
}

function channelsOf(value: InputSettings['mean']): readonly number[] | null {
  if (value === undefined) return null;
  return typeof value === 'number' ? [value, value, value] : value;
}

/** What the file's metadata say under a name: JSON, a number or a list of three. */
function stated({ metadata }: OnnxHeader, name: 'mean' | 'std'): readonly number[] | null {
  let value: unknown;
  try {
    value = JSON.parse(metadata.get(name) ?? 'null');
  } catch {
    return null;
  }
  const listed = typeof value === 'number' ? [value, value, value] : value;
  const isFitting =
    Array.isArray(listed) &&
    listed.length === 3 &&
    listed.every((each) => Number.isFinite(each) && (name === 'mean' || Number(each) > 0));
  return isFitting ? (listed as number[]) : null;
}

function missing(file: string, found: Readonly<Record<'mean' | 'std', unknown>>): Problem {
  const names = (['mean', 'std'] as const).filter((name) => !found[name]);
  return {
    path: ['model', 'input'],
    message:
      `found no ${names.join(' and no ')}, and the metadata of ${file} have none; allowed: what the network was trained with, such as ` +
      '{mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]} (torchvision, most of timm), {mean: 0.5, std: 0.5} (-1 to 1) or {scale: 1, mean: 0, std: 1} (0 to 255)',
  };
}
