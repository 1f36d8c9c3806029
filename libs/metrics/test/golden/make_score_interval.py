"""Intra-class correlations and score intervals of images in groups, by SciPy's betabinom and general-purpose solvers.

    python make_score_interval.py > score-interval.json     # SciPy 1.17
"""

import json

import numpy as np
from scipy.optimize import brentq, minimize_scalar, root
from scipy.special import expit, logit, softmax
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


def correlations_at(strata, means, fitted):
    """Of several strata, each by its own likelihood and by a normal distribution of log-odds around that of all.

    The likelihood is adjusted by the variance of a mean that is `fitted`, 0 to 1 (Cox and Reid).
    """

    def lost(log_odds, stratum, mean, own):
        sizes, right = stratum
        total, rho = np.exp(-log_odds), expit(log_odds)
        likelihood = betabinom.logpmf(right, sizes, mean * total, (1 - mean) * total).sum()
        return -likelihood - own / 2 * np.log((1 - rho) * sizes.sum() + rho * (sizes**2).sum())

    def least(of):
        grid = np.linspace(-15, 15, 600)
        at = grid[np.argmin([of(x) for x in grid])]
        return minimize_scalar(of, bounds=(at - 0.1, at + 0.1), method="bounded", options={"xatol": 1e-10}).x

    each = list(zip(strata, means, fitted))
    centre = least(lambda x: sum(lost(x, *one) for one in each))
    return expit([least(lambda x: lost(x, *one) + (x - centre) ** 2 / 2) for one in each])


def at(stratum, mean, rho, part):
    """Variance of the stratum's fraction if this were its mean, its third central moment, and how far the variance is
    estimated from near-normal rates."""
    sizes, _ = stratum
    images = sizes.sum()
    between = rho * (sizes**2).sum()
    within = (1 - rho) * images
    variance = mean * (1 - mean) / (images**2 / (within + between) - (1 - part))
    third = sum(third_moment(size, mean, 1 / rho - 1) for size in sizes) / images**3
    return variance, third, between / (within + between) * (1 - rho) / (1 + 2 * rho) * 4 * mean * (1 - mean)


def third_moment(size, mean, total):
    variance, skewness = betabinom.stats(size, mean * total, (1 - mean) * total, moments="vs")
    return skewness * variance**1.5


def limit_of(strata, parts, estimated):
    freedom = 1 / sum(part**2 / (len(sizes) - 1) for (sizes, _), part in zip(strata, parts))
    square = t.ppf(0.975, freedom) ** 2
    return NORMAL + np.dot(parts, estimated) * ((freedom + 1) * square / (freedom + square) - NORMAL)


def deviations_at(side, skewness, limit):
    correction = (-skewness if side else skewness) * (limit - 1) / 6
    return max(1, np.sqrt(limit) + (correction / 2 if correction > 0 else correction))


def end_alone(stratum, side):
    sizes, right = stratum
    found = right.sum() / sizes.sum()
    if found == side:
        return float(side)

    def beyond(mean):
        variance, third, estimated = at(stratum, mean, correlation_at(sizes, right, mean), 1)
        limit = limit_of([stratum], [1], [estimated])
        return abs(found - mean) / np.sqrt(variance) - deviations_at(side, third / variance**1.5, limit)

    near = 1e-6
    low, high = (near, found - near) if side == 0 else (found + near, 1 - near)
    return brentq(beyond, low, high, xtol=1e-10)


def end_together(strata, side):
    """All equations at once: each stratum's share of the deviation is its share of the variance."""
    weights = np.array([sizes.sum() for sizes, _ in strata]) / sum(sizes.sum() for sizes, _ in strata)
    found = np.array([right.sum() / sizes.sum() for sizes, right in strata])

    def means_and_parts(unknown):
        return expit(unknown[: len(strata)]), softmax([0, *unknown[len(strata) :]])

    def off(unknown):
        means, parts = means_and_parts(unknown)
        correlations = correlations_at(strata, means, 1 - parts)
        variances, thirds, estimated = np.transpose(
            [at(*each) for each in zip(strata, means, correlations, parts)]
        )
        whole = (weights**2 * variances).sum()
        skewness = (weights**3 * thirds).sum() / whole**1.5
        deviations = deviations_at(side, skewness, limit_of(strata, parts, estimated))
        step = deviations * np.sqrt(parts * variances)
        wrong_parts = weights**2 * variances / whole - parts
        return np.concatenate([found + (step if side else -step) - means, wrong_parts[1:]])

    # Correlations are found to some 1e-8, so steps are larger than a solver would take.
    def slopes(unknown):
        return np.transpose([(off(unknown + step) - off(unknown - step)) / 2e-4 for step in 1e-4 * np.eye(len(unknown))])

    start = np.concatenate([logit(found + (side - found) / 5), np.zeros(len(strata) - 1)])
    solution = root(off, start, jac=slopes, tol=1e-10)
    assert np.abs(solution.fun).max() < 1e-6, solution
    return weights @ means_and_parts(solution.x)[0]


cases = []
for name, case in CASES.items():
    strata = [(np.array(sizes), np.array(right)) for sizes, right in case]
    cases.append(
        {
            "name": name,
            "strata": [{"sizes": sizes, "right": right} for sizes, right in case],
            "correlations": [
                [mean, *correlations_at(strata, [mean] * len(strata), [0.5] * len(strata))] for mean in (0.3, 0.6, 0.9)
            ],
            "interval": [
                end_alone(strata[0], side) if len(strata) == 1 else end_together(strata, side) for side in (0, 1)
            ],
        }
    )
print(json.dumps(cases, indent=1))
