#!/usr/bin/env bash
# onnxruntime-node 1.30.0, Linux x64, Node: opening a graph takes time by the square of how many nodes read one value.
#
# Guess: n nodes of one kind take the same time to open however they are wired: the file has the same length, and nothing is
#        computed yet. If anything, a chain is dearer, since its shapes have to be found one after the other.
# Seen:  a chain of LeakyRelu is opened in proportion to its length (1,000 nodes 21 ms of processor time, 4,000 79 ms). The
#        same nodes beside each other, all of the graph's input, joined by one Concat, take 119 ms and 1,755 ms: fifteen times
#        as long for four times as many, 22 times as long as the chain of 4,000. With graphOptimizationLevel 'basic' it is the
#        same (48 and 1,042 ms), with 'disabled' less, and more than in proportion, too (17 and 184 ms).
#
# Who meets it: who writes an ensemble of many heads on one vector of features, or a forest as plain nodes, as one graph; and
# a training graph in which one value is read by the gradients of many weights. It is opened anew for each batch size.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts onnxruntime-node@1.30.0
cat > see.mjs <<'JS'
import { InferenceSession } from 'onnxruntime-node';

// The little of ONNX's protocol buffers that these graphs take; field numbers are those of onnx.proto.
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const number = (field, n) => Buffer.from([...varint(field << 3), ...varint(n)]);
const bytes = (field, content) => {
  const body = Buffer.from(content);
  return Buffer.concat([Buffer.from([...varint((field << 3) | 2), ...varint(body.length)]), body]);
};
const message = (field, ...parts) => bytes(field, Buffer.concat(parts));
const float = (field, x) => {
  const text = Buffer.alloc(5, (field << 3) | 5);
  text.writeFloatLE(x, 1);
  return text;
};
const value = (field, name, length) => {
  const shape = message(2, message(1, number(1, length)));
  return message(field, bytes(1, name), message(2, message(1, number(1, 1), shape)));
};
/** Each has a slope of its own: equal nodes would be made one. */
const leakyRelu = (from, to, i) => {
  const alpha = message(5, bytes(1, 'alpha'), float(2, 1 / (i + 2)), number(20, 1));
  return message(1, bytes(1, from), bytes(2, to), bytes(4, 'LeakyRelu'), alpha);
};
const concat = (names) => {
  const axis = message(5, bytes(1, 'axis'), number(3, 0), number(20, 2));
  return message(1, ...names.map((name) => bytes(1, name)), bytes(2, 'y'), bytes(4, 'Concat'), axis);
};
const model = (...graph) =>
  Buffer.concat([number(1, 8), message(7, bytes(2, 'g'), ...graph), message(8, number(2, 17))]);
const names = (n) => Array.from({ length: n }, (_, i) => `v${i}`);

const graphs = {
  chain: (n) =>
    model(
      ...names(n).map((name, i) => leakyRelu(i === 0 ? 'x' : `v${i - 1}`, name, i)),
      ...[value(11, 'x', 4), value(12, `v${n - 1}`, 4)],
    ),
  fan: (n) =>
    model(
      ...names(n).map((name, i) => leakyRelu('x', name, i)),
      ...[concat(names(n)), value(11, 'x', 4), value(12, 'y', 4 * n)],
    ),
};

/** Of the processor, in milliseconds: the median of five. */
async function timeToOpen(file) {
  const times = [];
  for (let k = 0; k < 5; k++) {
    const before = process.cpuUsage();
    const session = await InferenceSession.create(file, { intraOpNumThreads: 1 });
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e3);
    await session.release();
  }
  return times.sort((a, b) => a - b)[2];
}

const growth = {};
for (const [name, make] of Object.entries(graphs)) {
  const [few, many] = [await timeToOpen(make(1000)), await timeToOpen(make(4000))];
  growth[name] = many / few;
  console.log(`${name}: ${few.toFixed(0)} ms for 1,000 nodes, ${many.toFixed(0)} ms for 4,000: times ${growth[name].toFixed(1)}`);
}
// In proportion would be 4, by the square 16.
if (!(growth.chain < 7 && growth.fan > 10)) throw new Error('onnxruntime-node behaves in another way now');
JS
node see.mjs
echo 'as it was seen'
