import { expect, test } from 'vitest';
import { GraphBuilder } from '../src/engines/onnx/graph-builder.ts';
import { namedOutputs } from '../src/engines/onnx/named-outputs.ts';

test('a graph writes once what is computed twice, and apart what differs in anything', () => {
  const graph = new GraphBuilder();
  const image = graph.input('image', [2, 6]);
  const flat = graph.reshape(image, 12);
  expect(graph.reshape(image, 12)).toBe(flat);
  expect(graph.mul(flat, graph.floats([2]))).toBe(graph.mul(flat, graph.floats([2])));
  const others = [
    graph.reshape(image, 3, 4),
    graph.reshape(flat, 12),
    graph.op('Softmax', [image], { axis: { int: 0 } }),
    graph.op('Softmax', [image], { axis: { int: 1 } }),
    graph.op('Conv', [image, flat]),
    graph.op('Conv', [image, flat], {}, 'com.microsoft.nchwc'),
    graph.sub(image, flat),
    graph.sub(flat, image),
  ];
  expect(new Set([flat, ...others]).size).toBe(1 + others.length);
});

test('values that are outputs bear their names; what only outputs read comes last, in their order', () => {
  const node = (type: string, inputs: string[], output: string) => ({
    ...{ type, domain: '', inputs, outputs: [output], attributes: {} },
  });
  const nodes = [
    node('Neg', ['x'], 'a'),
    node('Abs', ['a'], 'b'),
    node('Exp', ['a'], 'c'),
    node('Sub', ['a', 'c'], 'd'),
  ];
  const outputs = { last: 'd', first: 'b', middle: 'c', again: 'c', input: 'x' };
  const named = namedOutputs(
    nodes,
    new Map(Object.entries(outputs).map(([name, value]) => [name, { value }])),
  );
  expect(named.map(({ type, inputs, outputs }) => [type, ...inputs, ...outputs])).toEqual([
    ['Neg', 'x', 'a'],
    ['Exp', 'a', 'middle'],
    ['Sub', 'a', 'middle', 'last'],
    ['Abs', 'a', 'first'],
    ['Identity', 'middle', 'again'],
    ['Identity', 'x', 'input'],
  ]);
});
