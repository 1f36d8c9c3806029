"""Intra-class correlations and score intervals of images in groups, by SciPy's betabinom and general-purpose solvers.

    python make_score_interval.py > score-interval.json     # SciPy 1.17
"""

import json

import numpy as np
from scipy.optimize import brentq, minimize_scalar, root
from scipy.stats import betabinom, norm, t

# Each stratum: images of each group, and how many of them are right.
CASES = {
    "thirteen photographs": [[[48] * 13, [40, 48, 12, 33, 45, 47, 20, 48, 46, 38, 5, 44, 41]]],
    "four photographs": [[[155, 150, 160, 155], [100, 150, 30, 120]]],
    "nearly all right": [[[30] * 13, [30] * 12 + [28]]],
    "unequal groups": [[[5, 90, 14, 40, 33, 2, 61, 20], [5, 60, 2, 39, 20, 1, 50, 3]]],
    "little correlation": [[[20] * 10, [12, 11, 14, 10, 12, 13, 9, 12, 11, 13]]],
    "all of each group alike": [[[10] * 6, [10, 10, 0, 10, 0, 10]]],
    "all right": [[[20, 30, 10], [20, 30, 10]]],
    "two strata": [
        [[20] * 6, [4, 11, 2, 9, 15, 7]],
        [[20] * 8, [18, 20, 12, 19, 20, 17, 9, 20]],
    ],
    "strata of unequal size": [
        [[48] * 5, [40, 12, 33, 47, 20]],
        [[13] * 12, [13, 12, 9, 11, 13, 4, 10, 12, 13, 8, 11, 6]],
        [[70, 20, 110], [50, 19, 41]],
    ],
}
NORMAL = norm.ppf(0.975) ** 2


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


def at(stratum, mean, part):
    """Variance of the stratum's fraction if this were its mean, and how far it is estimated from near-normal rates."""
    sizes, right = stratum
    rho = correlation_at(sizes, right, mean)
    between = rho * (sizes**2).sum() / (1 - (1 - part) / len(sizes))
    within = (1 - rho) * sizes.sum()
    variance = mean * (1 - mean) * (within + between) / sizes.sum() ** 2
    return variance, between / (within + between) * (1 - rho) / (1 + 2 * rho) * 4 * mean * (1 - mean)


def limit_of(strata, parts, estimated):
    freedom = 1 / sum(part**2 / (len(sizes) - 1) for (sizes, _), part in zip(strata, parts))
    square = t.ppf(0.975, freedom) ** 2
    return NORMAL + np.dot(parts, estimated) * ((freedom + 1) * square / (freedom + square) - NORMAL)


def end_alone(stratum, side):
    sizes, right = stratum
    found = right.sum() / sizes.sum()
    if found == side:
        return float(side)

    def beyond(mean):
        variance, estimated = at(stratum, mean, 1)
        return (found - mean) ** 2 / variance - limit_of([stratum], [1], [estimated])

    near = 1e-6
    low, high = (near, found - near) if side == 0 else (found + near, 1 - near)
    return brentq(beyond, low, high, xtol=1e-10)


def end_together(strata, side):
    """All equations at once: each stratum's share of the deviation is its share of the variance."""
    weights = np.array([sizes.sum() for sizes, _ in strata]) / sum(sizes.sum() for sizes, _ in strata)
    found = np.array([right.sum() / sizes.sum() for sizes, right in strata])

    def off(unknown):
        means, parts = np.split(unknown, 2)
        variances, estimated = np.transpose([at(*each) for each in zip(strata, means, parts)])
        whole = (weights**2 * variances).sum()
        limit = limit_of(strata, parts, estimated)
        step = np.sqrt(limit * parts * variances)
        return np.concatenate([found + (step if side else -step) - means, weights**2 * variances / whole - parts])

    start = np.concatenate([found + (side - found) / 5, np.full(len(strata), 1 / len(strata))])
    solution = root(off, start, tol=1e-10)
    assert np.abs(solution.fun).max() < 1e-7, solution
    return weights @ solution.x[: len(strata)]


cases = []
for name, case in CASES.items():
    strata = [(np.array(sizes), np.array(right)) for sizes, right in case]
    cases.append(
        {
            "name": name,
            "strata": [{"sizes": sizes, "right": right} for sizes, right in case],
            "correlations": [[mean, correlation_at(*strata[0], mean)] for mean in (0.3, 0.6, 0.9)],
            "interval": [
                end_alone(strata[0], side) if len(strata) == 1 else end_together(strata, side) for side in (0, 1)
            ],
        }
    )
print(json.dumps(cases, indent=1))
