"""Generations of CMA-ES as the package that Optuna uses computes them, and its start from known points.

pip install cmaes==0.13.1
"""

import json
import pathlib

import cmaes
import numpy as np


def run(size, generations):
    rng = np.random.RandomState(size)
    optimizer = cmaes.CMA(mean=np.full(size, 0.5), sigma=1 / 6, bounds=np.array([[0, 1]] * size, dtype=float), seed=1)
    told = []
    for _ in range(generations):
        points = [optimizer.ask() for _ in range(optimizer.population_size)]
        # Stretched, so that the covariance changes; with noise, so that steps grow and shrink.
        solutions = [(x, float(((x - 0.2) ** 2 * np.logspace(0, 2, size)).sum() + 0.01 * rng.randn())) for x in points]
        optimizer.tell(solutions)
        told.append([x.tolist() for x, _ in sorted(solutions, key=lambda each: each[1])])
    return {
        "generations": told,
        "mean": optimizer._mean.tolist(),
        "step": float(optimizer._sigma),
        "covariance": optimizer._C.ravel().tolist(),
        "stepPath": optimizer._p_sigma.tolist(),
        "path": optimizer._pc.tolist(),
    }


def warm():
    rng = np.random.RandomState(0)
    points = rng.rand(30, 2)
    mean, step, covariance = cmaes.get_warm_start_mgd([(x, float(i)) for i, x in enumerate(points)])
    return {"points": points.tolist(), "mean": mean.tolist(), "step": step, "covariance": covariance.ravel().tolist()}


made = {"cmaes": cmaes.__version__, "runs": [run(1, 4), run(2, 6), run(5, 8)], "warm": warm()}
pathlib.Path(__file__).with_name("cmaes.json").write_text(json.dumps(made))
