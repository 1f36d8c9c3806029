interface Node {
  readonly name: string;
  /** Names of what feeds it; one that is no layer is the network's input. */
  readonly inputs: readonly string[];
}

/**
 * Layers in the order of Keras's `model.layers`, by which its files name and load weights: the furthest from the output first, and of
 * those as far, the first that is met on the way back from the output. Of the layers of one kind in several branches it may be another
 * than that of the topology. Source: `map_graph` in keras/src/ops/function.py.
 */
export function inKerasOrder<L extends Node>(layers: readonly L[], output: string): L[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const inputsOf = (name: string) => byName.get(name)?.inputs ?? [];
  const met = new Map<string, number>();
  const finished: string[] = [];
  const visit = (name: string): void => {
    if (met.has(name)) return;
    met.set(name, met.size);
    inputsOf(name).forEach(visit);
    finished.push(name);
  };
  visit(output);
  const depths = new Map<string, number>();
  for (const name of finished.reverse()) {
    const depth = depths.get(name) ?? 0;
    depths.set(name, depth);
    for (const input of inputsOf(name)) depths.set(input, Math.max(depth + 1, depths.get(input) ?? 0));
  }
  const place = (name: string) => [depths.get(name)!, met.get(name)!] as const;
  return layers
    .filter(({ name }) => met.has(name))
    .sort((a, b) => {
      const [[depthA, metA], [depthB, metB]] = [place(a.name), place(b.name)];
      return depthB - depthA || metA - metB;
    });
}
