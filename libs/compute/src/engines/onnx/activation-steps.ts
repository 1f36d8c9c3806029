import type { ActivationName } from '../../network.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';

/** Activations of images and features in ONNX's standard operators, and their derivatives at the input as TensorFlow has them. */
export const activationSteps: Readonly<
  Record<
    ActivationName | 'relu',
    {
      forward(graph: GraphBuilder, input: Value): Value;
      slope(graph: GraphBuilder, input: Value): Value;
    }
  >
> = {
  relu: {
    forward: (graph, input) => graph.op('Relu', [input]),
    slope: (graph, input) => graph.indicator(graph.op('Greater', [input, graph.floats(0)])),
  },
  sigmoid: {
    forward: (graph, input) => graph.op('Sigmoid', [input]),
    slope(graph, input) {
      const gate = graph.op('Sigmoid', [input]);
      return graph.mul(gate, graph.sub(graph.floats(1), gate));
    },
  },
  swish: {
    forward: (graph, input) => graph.mul(input, graph.op('Sigmoid', [input])),
    slope(graph, input) {
      const gate = graph.op('Sigmoid', [input]);
      const rest = graph.mul(input, graph.sub(graph.floats(1), gate));
      return graph.mul(gate, graph.add(rest, graph.floats(1)));
    },
  },
  hard_sigmoid: {
    forward: hardSigmoid,
    slope: (graph, input) => graph.mul(isBetween(graph, input), graph.floats(1 / 6)),
  },
  hard_swish: {
    forward: (graph, input) => graph.mul(input, hardSigmoid(graph, input)),
    slope(graph, input) {
      const sixth = graph.mul(graph.mul(input, graph.floats(1 / 6)), isBetween(graph, input));
      return graph.add(hardSigmoid(graph, input), sixth);
    },
  },
};

/** relu6(x + 3) / 6. */
function hardSigmoid(graph: GraphBuilder, input: Value): Value {
  return graph.op('HardSigmoid', [input], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
}

/** 1 strictly between -3 and 3. */
function isBetween(graph: GraphBuilder, input: Value): Value {
  return graph.indicator(graph.op('Less', [graph.op('Abs', [input]), graph.floats(3)]));
}
