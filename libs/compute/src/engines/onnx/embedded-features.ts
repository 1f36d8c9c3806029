import { UserError } from '@thaw/base';
import type { Layer } from '../../network.ts';
import { embedOnnx } from './file/embed-onnx.ts';
import { readOnnxFile } from './file/read-onnx-file.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/**
 * Puts an ONNX file's network into a graph, behind what it wants its images to be. `value`: images of values 0 to 255,
 * [batch, 3, height, width]. Gives the features [batch, units] and the feature map that they are the mean of, channels first, null
 * where there is none. Throws UserError for a file that is not what it was.
 */
export function embeddedFeatures(
  graph: GraphBuilder,
  { name, graph: backbone }: Extract<Layer, { type: 'OnnxGraph' }>,
  value: Value,
): { features: Value; map: Value | null } {
  const { file, sha256, input, output, layout, scale, mean, std, mapLayout } = backbone;
  const contents = readOnnxFile(file);
  if (contents.header.sha256 !== sha256) {
    throw new UserError(`${file} has changed: it was ${sha256} and is ${contents.header.sha256} now`);
  }
  const perChannel = (numbers: readonly number[]) => graph.floats(numbers, [1, 3, 1, 1]);
  const every = (numbers: readonly number[], what: number) => numbers.every((each) => each === what);
  let images = value;
  // Divided, as torchvision does it: a factor of 1 / 255 rounds otherwise.
  if (scale !== 1) images = graph.div(images, graph.floats(1 / scale));
  if (!every(mean, 0)) images = graph.sub(images, perChannel(mean));
  if (!every(std, 1)) images = graph.div(images, perChannel(std));
  const prefix = `${name}/`;
  graph.embed(
    embedOnnx(contents, prefix, output),
    prefix + input,
    layout === 'NHWC' ? graph.transpose(images, 0, 2, 3, 1) : images,
  );
  const made = prefix + output;
  if (mapLayout === null) return { features: made, map: null };
  const map = mapLayout === 'NHWC' ? graph.transpose(made, 0, 3, 1, 2) : made;
  return { features: graph.op('Flatten', [graph.op('GlobalAveragePool', [map])]), map };
}
