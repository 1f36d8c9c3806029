"""Intra-class correlations and score intervals of images in groups, by SciPy's betabinom and general-purpose root finding.

    python make_score_interval.py > score-interval.json     # SciPy 1.17
"""

import json

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import betabinom, norm

CASES = {
    "thirteen photographs": [[48] * 13, [40, 48, 12, 33, 45, 47, 20, 48, 46, 38, 5, 44, 41]],
    "four photographs": [[155, 150, 160, 155], [100, 150, 30, 120]],
    "nearly all right": [[30] * 13, [30] * 12 + [28]],
    "unequal groups": [[5, 90, 14, 40, 33, 2, 61, 20], [5, 60, 2, 39, 20, 1, 50, 3]],
    "little correlation": [[20] * 10, [12, 11, 14, 10, 12, 13, 9, 12, 11, 13]],
    "all of each group alike": [[10] * 6, [10, 10, 0, 10, 0, 10]],
    "all right": [[20, 30, 10], [20, 30, 10]],
}


def correlation_at(sizes, right, mean):
    def lost(rho):
        total = 1 / rho - 1
        return -betabinom.logpmf(right, sizes, mean * total, (1 - mean) * total).sum()

    # The likelihood may rise towards an end, so a grid first.
    grid = np.concatenate([[1e-7], np.linspace(1e-3, 1 - 1e-3, 400), [1 - 1e-7]])
    values = [lost(rho) for rho in grid]
    at = int(np.argmin(values))
    low, high = grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)]
    return minimize_scalar(lost, bounds=(low, high), method="bounded", options={"xatol": 1e-10}).x


def interval(sizes, right):
    images, found = sizes.sum(), right.sum() / sizes.sum()

    def beyond(mean):
        rho = correlation_at(sizes, right, mean)
        variance = mean * (1 - mean) * (sizes * (1 + (sizes - 1) * rho)).sum() / images**2
        return (found - mean) ** 2 / variance - norm.ppf(0.975) ** 2

    near = 1e-6
    low = 0.0 if found == 0 else brentq(beyond, near, found - near, xtol=1e-10)
    high = 1.0 if found == 1 else brentq(beyond, found + near, 1 - near, xtol=1e-10)
    return [low, high]


cases = []
for name, (sizes, right) in CASES.items():
    sizes, right = np.array(sizes), np.array(right)
    correlations = [[mean, correlation_at(sizes, right, mean)] for mean in (0.3, 0.6, 0.9)]
    cases.append(
        {
            "name": name,
            "sizes": sizes.tolist(),
            "right": right.tolist(),
            "correlations": correlations,
            "interval": interval(sizes, right),
        }
    )
print(json.dumps(cases, indent=1))
