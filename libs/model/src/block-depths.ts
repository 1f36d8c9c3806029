import type { Layer } from '@thaw/compute';

/**
 * How deep each layer of a backbone lies below the head, in blocks: what follows the last named block has depth 1, the last block 2,
 * and so on down to what stands before the first.
 */
export function blockDepths(
  backbone: readonly Pick<Layer, 'name'>[],
  blocks: readonly string[],
): ReadonlyMap<string, number> {
  // The longest name: MobileNetV3's `expanded_conv` begins those of its other blocks.
  const blockOf = ({ name }: Pick<Layer, 'name'>) => {
    const owners = blocks.filter((block) => name.startsWith(`${block}_`));
    const [owner] = owners.toSorted((a, b) => b.length - a.length);
    return owner === undefined ? -1 : blocks.indexOf(owner);
  };
  const last = backbone.findLastIndex((layer) => blockOf(layer) >= 0);
  return new Map(
    backbone.map((layer, i) => {
      const block = blockOf(layer);
      if (block >= 0) return [layer.name, blocks.length - block + 1];
      return [layer.name, i > last ? 1 : blocks.length + 2];
    }),
  );
}
