"""Numbers that Python and TypeScript compute alike, bit for bit. The other half is golden-formula.ts of @thaw/base/testing, which explains them."""

import math

import numpy as np


def formula_uniform(name, count):
    x = 0
    for byte in name.encode():
        x = (x * 31 + byte) % 2**31
    # The generator x -> 1103515245 x + 12345 modulo 2^31, applied once, twice, ...: factors and summands, by doubling.
    factors, summands = np.array([1103515245], np.uint64), np.array([12345], np.uint64)
    while len(factors) < count:
        last = factors[-1], summands[-1]
        factors, summands = (
            np.concatenate([factors, factors * last[0] % 2**31]),
            np.concatenate([summands, (factors * last[1] + summands) % 2**31]),
        )
    return ((factors[:count] * np.uint64(x) + summands[:count]) % 2**31) / 2**31


def formula_weight(name, shape):
    uniform = formula_uniform(name, math.prod(shape))
    weight = name.split("/")[-1]
    if weight.endswith("kernel"):
        fan_in = math.prod(shape[:-2] if weight == "depthwise_kernel" else shape[:-1])
        values = (uniform - 0.5) * 2 * math.sqrt(4 / fan_in)
    elif weight in ("gamma", "moving_variance"):
        values = 0.8 + 0.4 * uniform
    else:
        values = (uniform - 0.5) * 0.2
    return values.astype(np.float32).reshape(shape)


def weight_name(layer, variable):
    """`<layer>/<weight>` as Thaw names it: Keras 3 calls a depthwise kernel `kernel`."""
    name = variable.name.split("/")[-1].split(":")[0]
    if type(layer).__name__ == "DepthwiseConv2D" and name == "kernel":
        name = "depthwise_kernel"
    return f"{layer.name}/{name}"


def set_formula_weights(model):
    """Gives every layer of a Keras model its weights by formula."""
    for layer in model.layers:
        layer.set_weights([formula_weight(weight_name(layer, v), tuple(v.shape)) for v in layer.weights])
