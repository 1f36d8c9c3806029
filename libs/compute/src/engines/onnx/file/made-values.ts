import type { OnnxContents, OnnxNode, OnnxTensor } from './parse-onnx.ts';

/** What a node says of the size of its value. */
interface Node {
  /** The numbers of an input that is a constant of few; null for others. */
  readonly numbers: (input: number) => readonly number[] | null;
  /** The lengths of an input as far as the file states them, 1 where it leaves them open. */
  readonly lengths: (input: number) => readonly number[];
  readonly attribute: (name: string) => readonly number[];
}

/** At least how many values nodes make that can make many out of few bytes, as far as constants and attributes say it. */
const makers: Readonly<Record<string, (node: Node) => number>> = {
  ConstantOfShape: ({ numbers }) => product(numbers(0)),
  Expand: ({ numbers }) => product(numbers(1)),
  CenterCropPad: ({ numbers }) => product(numbers(1)),
  Tile: ({ numbers, lengths }) => product(numbers(1)) * product(lengths(0)),
  OneHot: ({ numbers, lengths }) => product(numbers(1)) * product(lengths(0)),
  RandomNormal: ({ attribute }) => product(attribute('shape')),
  RandomUniform: ({ attribute }) => product(attribute('shape')),
  Range({ numbers }) {
    const [start, limit, delta] = [0, 1, 2].map((input) => numbers(input)?.[0]);
    if (start === undefined || limit === undefined || delta === undefined) return 0;
    return Math.max(0, Math.ceil((limit - start) / delta));
  },
  Resize({ numbers, lengths }) {
    const [scales, sizes] = [numbers(2) ?? [], numbers(3) ?? []];
    return sizes.length > 0 ? product(sizes) : product(scales) * product(lengths(0));
  },
  Pad({ numbers, lengths }) {
    const pads = numbers(1);
    return pads ? padded(pads, numbers(3) ? [] : lengths(0)) : 0;
  },
  Conv: ({ attribute }) => padded(attribute('pads'), [], attribute('strides')),
  ConvTranspose({ attribute, lengths }) {
    const shape = attribute('output_shape');
    if (shape.length > 0) return product(shape);
    const [strides, image] = [attribute('strides'), lengths(0).slice(2)];
    // A kernel of several places reaches further than its dilation.
    return Math.max(product([...strides, ...image]), product(attribute('dilations')));
  },
};

/** At least how many values a node makes where its size is a constant; 0 where it is not, or follows from the node's inputs. */
export function madeValues(
  { type, inputs, attributes }: OnnxNode,
  { initializers, values }: Pick<OnnxContents, 'initializers' | 'values'>,
  constants: ReadonlyMap<string | undefined, OnnxNode>,
): number {
  const maker = makers[type];
  if (!maker) return 0;
  const tensorOf = (name: string): Pick<OnnxTensor, 'numbers' | 'dims'> | null => {
    const [value] = constants.get(name)?.attributes ?? [];
    return (
      initializers.get(name) ??
      value?.tensors[0] ??
      (value ? { ...value, dims: [value.numbers.length] } : null)
    );
  };
  return maker({
    numbers: (input) => tensorOf(inputs[input] ?? '')?.numbers ?? null,
    lengths(input) {
      const name = inputs[input] ?? '';
      const shape = tensorOf(name)?.dims ?? values.get(name)?.shape ?? [];
      return shape.map((length) => (typeof length === 'number' ? length : 1));
    },
    attribute: (name) => attributes.find((each) => each.name === name)?.numbers ?? [],
  });
}

/** Of a shape that is not known, 0. */
function product(shape: readonly number[] | null): number {
  return shape?.reduce((size, length) => size * Math.abs(length), 1) ?? 0;
}

/** Values of an image with so many more in front (first half) and behind, of every so many one; a length that is not known is 1. */
function padded(
  pads: readonly number[],
  lengths: readonly number[],
  strides: readonly number[] = [],
): number {
  const axes = pads.length / 2;
  const sides = pads.slice(0, axes).map((before, axis) => {
    const whole = (lengths[axis] ?? 1) + before + (pads[axis + axes] ?? 0);
    return Math.max(1, whole / Math.max(1, strides[axis] ?? 1));
  });
  return product(sides);
}
