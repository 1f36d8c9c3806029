"""Makes half-precision.json: single-precision numbers, as bits, and what numpy rounds them to in half precision.

Needs numpy. Run in this folder, then `npx prettier --write .`.
"""

import json

import numpy as np

random = np.random.default_rng(42)
halves = np.arange(0x7C00, dtype=np.uint16).view(np.float16).astype(np.float64)
picked = halves[random.choice(len(halves) - 1, 150, replace=False)]
following = halves[np.searchsorted(halves, picked) + 1]
ties = (picked + following) / 2
edges = np.array([0, 65504, 65519.99, 65520, 65536, 1e30, 2.0**-24, 2.0**-25, 2.0**-25 * 1.0001, 2.0**-14, 2.0**-15, 1e-30])
around = np.concatenate([ties, picked, edges]).astype(np.float32)
near = np.concatenate([around, np.nextafter(around, np.float32(np.inf)), np.nextafter(around, np.float32(-np.inf))])
bits = random.integers(0, 2**32, 300, dtype=np.uint32)
special = np.array([0x7F800000, 0xFF800000, 0x7FC00000, 0x80000000, 0x00000001, 0x807FFFFF], dtype=np.uint32)
singles = np.concatenate([near.view(np.uint32), (-near).view(np.uint32), bits, special])
values = singles.view(np.float32)
with np.errstate(over="ignore", invalid="ignore"):
    rounded = values.astype(np.float16)
# Which NaN it is does not matter.
rounded[np.isnan(rounded)] = np.float16(np.nan)
with open("half-precision.json", "w") as file:
    json.dump({"numpy": np.__version__, "singles": singles.tolist(), "halves": rounded.view(np.uint16).tolist()}, file)
