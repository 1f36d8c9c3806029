#!/usr/bin/env bash
# onnxruntime 1.30.0, Linux x64, processor: a Transpose takes several times as long if an axis of length 1 moves along.
#
# Guess: an axis of length 1 changes no byte's place, so a Transpose takes the same time with it and without it, wherever it
#        goes: what has to be copied is the same.
# Seen:  [32, 3136, 64] by [0, 2, 1] takes 6 ms of processor time, [32, 1, 3136, 64] by [0, 1, 3, 2] the same, and by
#        [0, 3, 2, 1], where the axis of length 1 moves from second to last place, 27 ms, for the same bytes in the same order.
#        [512, 768] by [1, 0] takes 0.25 ms, [512, 1, 768] by [1, 2, 0] 0.24 ms and by [2, 1, 0] 1.4 ms, five to twelve times as
#        long from run to run. It looks as if the quick way for one axis that moves counted the axis of length 1 as a second.
#
# Who meets it: texts or time series with a batch of one ([time, 1, features]), rows of values as images of height 1, and
# exporters that put axes of length 1 in. Squeeze before and Unsqueeze after it take 9 ms in all instead of 27.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check onnxruntime==1.30.0 onnx==1.23.1
cat > see.py <<'PY'
import time
import numpy as np
import onnxruntime
from onnx import TensorProto, checker, helper


def transpose(shape, perm):
    x = helper.make_tensor_value_info('x', TensorProto.FLOAT, shape)
    y = helper.make_tensor_value_info('y', TensorProto.FLOAT, [shape[axis] for axis in perm])
    graph = helper.make_graph([helper.make_node('Transpose', ['x'], ['y'], perm=perm)], 'g', [x], [y])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid('', 17)])
    checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=['CPUExecutionProvider'])


groups = [
    [([32, 3136, 64], [0, 2, 1]), ([32, 1, 3136, 64], [0, 1, 3, 2]), ([32, 1, 3136, 64], [0, 3, 2, 1])],
    [([512, 768], [1, 0]), ([512, 1, 768], [1, 2, 0]), ([512, 1, 768], [2, 1, 0])],
]
for cases in groups:
    sessions = [transpose(*case) for case in cases]
    inputs = [{'x': np.arange(np.prod(shape), dtype='float32').reshape(shape)} for shape, _ in cases]
    outputs = [session.run(None, feed)[0].ravel() for session, feed in zip(sessions, inputs)]
    if not all(np.array_equal(outputs[0], output) for output in outputs):
        raise SystemExit('these were meant to be one and the same copy')
    # The three in turn, so that what else the machine does meets all alike.
    times = [[], [], []]
    for _ in range(25):
        for session, feed, taken in zip(sessions, inputs, times):
            before = time.process_time()
            session.run(None, feed)
            taken.append(time.process_time() - before)
    medians = [1e3 * np.median(taken) for taken in times]
    for (shape, perm), median in zip(cases, medians):
        print(f'{shape} by {perm}: {median:.2f} ms of processor, {median / medians[0]:.1f} times')
    if not (medians[1] < 2 * medians[0] and medians[2] > 2.5 * medians[0]):
        raise SystemExit('onnxruntime behaves in another way now')
PY
venv/bin/python see.py
echo 'as it was seen'
