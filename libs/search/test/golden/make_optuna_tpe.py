"""Best values that Optuna's TPE and random samplers find on published functions, and densities of its Parzen estimator.

    pip install optuna
    python make_optuna_tpe.py            # writes optuna-tpe.json and optuna-parzen.json beside this file

Sources: Surjanovic and Bingham, Virtual Library of Simulation Experiments (branin, six_hump_camel, hartmann6, rosenbrock4,
ackley5, levy4, styblinski_tang5); Ru et al. 2020, CoCaBO (func2c, func3c); Jenatton et al. 2017 (tree); Bergstra et al. 2013,
Hyperopt's own test functions (gauss_wave2). The same functions stand in ../functions.ts.
"""

import json
import math
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_weights

optuna.logging.set_verbosity(optuna.logging.ERROR)
HERE = Path(__file__).parent
SEEDS, TRIALS = 50, 100

ALPHA = [1.0, 1.2, 3.0, 3.2]
A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def floats(trial, count, low, high):
    return [trial.suggest_float(f"x{i}", low, high) for i in range(1, count + 1)]


def branin(trial):
    x, y = trial.suggest_float("x1", -5, 10), trial.suggest_float("x2", 0, 15)
    return (y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def camel(x, y):
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2


def six_hump_camel(trial):
    return camel(trial.suggest_float("x1", -3, 3), trial.suggest_float("x2", -2, 2))


def hartmann6(trial):
    x = floats(trial, 6, 0, 1)
    return -sum(ALPHA[i] * math.exp(-sum(A[i][j] * (x[j] - P[i][j]) ** 2 for j in range(6))) for i in range(4))


def rosenbrock(x):
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (x[i] - 1) ** 2 for i in range(len(x) - 1))


def rosenbrock4(trial):
    return rosenbrock(floats(trial, 4, -5, 10))


def ackley5(trial):
    x = floats(trial, 5, -32.768, 32.768)
    squares, waves = sum(v * v for v in x) / 5, sum(math.cos(2 * math.pi * v) for v in x) / 5
    return -20 * math.exp(-0.2 * math.sqrt(squares)) - math.exp(waves) + 20 + math.e


def levy4(trial):
    w = [1 + (v - 1) / 4 for v in floats(trial, 4, -10, 10)]
    middle = sum((v - 1) ** 2 * (1 + 10 * math.sin(math.pi * v + 1) ** 2) for v in w[:-1])
    return math.sin(math.pi * w[0]) ** 2 + middle + (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2)


def styblinski_tang5(trial):
    return sum(v**4 - 16 * v**2 + 5 * v for v in floats(trial, 5, -5, 5)) / 2


def beale(x, y):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


CHOICES = [lambda x, y: rosenbrock([x, y]) / 300, lambda x, y: camel(x, y) / 10, lambda x, y: beale(x, y) / 50]


def func2c(trial):
    h1, h2 = trial.suggest_categorical("h1", [0, 1, 2]), trial.suggest_categorical("h2", [0, 1, 2, 3, 4])
    x, y = 2 * trial.suggest_float("x1", -1, 1), 2 * trial.suggest_float("x2", -1, 1)
    return CHOICES[h1](x, y) + [CHOICES[0], CHOICES[1], CHOICES[2], CHOICES[2], CHOICES[2]][h2](x, y)


def func3c(trial):
    h1, h2 = trial.suggest_categorical("h1", [0, 1, 2]), trial.suggest_categorical("h2", [0, 1, 2, 3, 4])
    h3 = trial.suggest_categorical("h3", [0, 1, 2, 3])
    x, y = 2 * trial.suggest_float("x1", -1, 1), 2 * trial.suggest_float("x2", -1, 1)
    second = [CHOICES[0], CHOICES[1], CHOICES[2], CHOICES[2], CHOICES[2]][h2](x, y)
    third = [5 * CHOICES[1](x, y), 2 * CHOICES[0](x, y), 2 * CHOICES[2](x, y), 3 * CHOICES[2](x, y)][h3]
    return CHOICES[h1](x, y) + second + third


def tree(trial):
    if trial.suggest_categorical("b1", [0, 1]) == 0:
        leaf = "x4" if trial.suggest_categorical("b2", [0, 1]) == 0 else "x5"
        offset = {"x4": 0.1, "x5": 0.2}[leaf]
        value, r = trial.suggest_float(leaf, -1, 1), trial.suggest_float("r8", 0, 1)
    else:
        leaf = "x6" if trial.suggest_categorical("b3", [0, 1]) == 0 else "x7"
        offset = {"x6": 0.3, "x7": 0.4}[leaf]
        value, r = trial.suggest_float(leaf, -1, 1), trial.suggest_float("r9", 0, 1)
    return value**2 + offset + r


def gauss_wave2(trial):
    x, curve = trial.suggest_float("x", -20, 20), trial.suggest_categorical("curve", ["raw", "negcos"])
    wave = 0.0 if curve == "raw" else math.cos(x) * trial.suggest_float("amp", 0, 1)
    return -math.exp(-((x / 5.0) ** 2)) + wave


FUNCTIONS = [branin, six_hump_camel, hartmann6, rosenbrock4, ackley5, levy4, styblinski_tang5, func2c, func3c, tree, gauss_wave2]
SAMPLERS = {"tpe": optuna.samplers.TPESampler, "random": optuna.samplers.RandomSampler}


def best(task):
    name, sampler, seed = task
    study = optuna.create_study(sampler=SAMPLERS[sampler](seed=seed))
    study.optimize(next(f for f in FUNCTIONS if f.__name__ == name), n_trials=TRIALS)
    return study.best_value


def search():
    tasks = [(f.__name__, sampler, seed) for f in FUNCTIONS for sampler in SAMPLERS for seed in range(SEEDS)]
    with ProcessPoolExecutor(2) as pool:
        values = dict(zip(tasks, pool.map(best, tasks, chunksize=25)))
    points = {}
    for f in FUNCTIONS:
        study = optuna.create_study(sampler=SAMPLERS["random"](seed=1))
        study.optimize(f, n_trials=3)
        points[f.__name__] = [{"parameters": t.params, "value": t.value} for t in study.trials]
    return {
        "optuna": optuna.__version__,
        "trials": TRIALS,
        "best": {f.__name__: {s: [values[f.__name__, s, seed] for seed in range(SEEDS)] for s in SAMPLERS} for f in FUNCTIONS},
        "points": points,
    }


def parzen():
    rng = np.random.RandomState(0)
    spaces = {
        "uniform": {"x": FloatDistribution(-2, 3)},
        "log": {"x": FloatDistribution(1e-4, 1, log=True)},
        "int": {"x": IntDistribution(2, 4000)},
        "categorical": {"x": CategoricalDistribution(["a", "b", "c", "d"])},
        "joint": {"x": FloatDistribution(-2, 3), "y": FloatDistribution(1e-4, 1, log=True), "z": IntDistribution(2, 4000)},
    }
    draw = {
        FloatDistribution: lambda d, n: np.exp(rng.uniform(np.log(d.low), np.log(d.high), n)) if d.log else rng.uniform(d.low, d.high, n),
        # Without repetitions: NumPy's sort leaves the order of equal values, on which Optuna's widths depend, to chance.
        IntDistribution: lambda d, n: rng.permutation(np.arange(d.low, d.high + 1))[:n].astype(float),
        CategoricalDistribution: lambda d, n: rng.randint(0, len(d.choices), n).astype(float),
    }
    cases = []
    for name, space in spaces.items():
        for count in [0, 1, 2, 7, 24, 26, 40]:
            observed = {k: draw[type(d)](d, count) for k, d in space.items()}
            at = {k: draw[type(d)](d, 5) for k, d in space.items()}
            options = _ParzenEstimatorParameters(1.0, True, False, default_weights, True)
            estimator = _ParzenEstimator(observed, space, options)
            plain = lambda values: [
                {k: (space[k].choices[int(v[i])] if isinstance(space[k], CategoricalDistribution) else v[i]) for k, v in values.items()}
                for i in range(len(next(iter(values.values()))))
            ]
            cases.append({"space": name, "observed": plain(observed), "at": plain(at), "log_pdf": estimator.log_pdf(at).tolist()})
    return {"optuna": optuna.__version__, "cases": cases}


if __name__ == "__main__":
    (HERE / "optuna-parzen.json").write_text(json.dumps(parzen()))
    (HERE / "optuna-tpe.json").write_text(json.dumps(search()))
