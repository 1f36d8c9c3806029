"""Best values that Optuna's GPSampler finds on published functions, and figures of its Gaussian process.

    pip install optuna==5.0.0 scipy torch==2.13.0
    OMP_NUM_THREADS=1 python make_optuna_gp.py            # writes optuna-gp.json beside this file

It takes half a minute to a minute of one core for each of the 20 seeds. The functions are those of make_optuna_tpe.py; func2c and func3c mix categories and real numbers.
"""

import json
import time
import warnings
from concurrent.futures import ProcessPoolExecutor

import make_optuna_tpe as published
import numpy as np
import optuna
import torch
from optuna._gp import acqf, gp, prior
from optuna._gp.search_space import SearchSpace
from optuna.distributions import CategoricalDistribution, FloatDistribution

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
NAMES = ["branin", "six_hump_camel", "hartmann6", "rosenbrock4", "ackley5", "levy4", "func2c", "func3c"]
SEEDS, TRIALS = 20, 60


def best(task):
    name, seed = task
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(sampler=optuna.samplers.GPSampler(seed=seed))
    study.optimize(getattr(published, name), n_trials=TRIALS)
    return study.best_value


def search():
    # By seed first, so that what an interrupted run has is comparable over the functions; the next one goes on from there.
    partial, made = published.HERE / "optuna-gp-best.partial", published.HERE / "optuna-gp.json"
    result = {name: [] for name in NAMES}
    if partial.exists():
        result = json.loads(partial.read_text())
    elif made.exists():
        result = json.loads(made.read_text())["best"]
    tasks = [(name, seed) for seed in range(SEEDS) for name in NAMES if seed >= len(result[name])]
    with ProcessPoolExecutor(1) as pool:
        started = time.time()
        for (name, seed), value in zip(tasks, pool.map(best, tasks)):
            result[name].append(value)
            print(seed, name, value, round(time.time() - started), flush=True)
            partial.write_text(json.dumps(result))
    return result


def process(seed, count, space, function):
    """The fitted kernel, and log expected improvement at points, alone and beside running trials (by 2,048 samples)."""
    rng = np.random.RandomState(seed)
    categories = np.array([isinstance(each, CategoricalDistribution) for each in space.values()])
    sizes = [len(each.choices) if isinstance(each, CategoricalDistribution) else 0 for each in space.values()]
    draw = lambda n: np.array([[rng.randint(size) if size else rng.rand() for size in sizes] for _ in range(n)], dtype=float)
    x = draw(count)
    y = np.array([function(row) for row in x]) + 0.2 * rng.randn(count)
    # Beside the best point, where something is to be expected.
    near = lambda n: np.clip(x[y.argmax()] + np.where(categories, 0, 0.1) * rng.randn(n, len(sizes)), 0, None)
    at, running = near(4), near(2)
    y = (y - y.mean()) / y.std()
    regressor = gp.fit_kernel_params(
        x, y, categories, prior.default_log_prior, prior.DEFAULT_MINIMUM_NOISE_VAR, False, gtol=1e-6
    )
    with torch.no_grad():
        objective = regressor.marginal_log_likelihood() + prior.default_log_prior(regressor)
        mean, variance = regressor.posterior(torch.from_numpy(at))
    inner = SearchSpace(space)
    alone = acqf.LogEI(regressor, inner, threshold=y.max()).eval_acqf_no_grad(at)
    beside = acqf.qLogEI(
        regressor, inner, threshold=y.max(), n_qmc_samples=2048, qmc_seed=1, normalized_params_of_running_trials=running
    ).eval_acqf_no_grad(at)
    return {
        "categories": categories.tolist(),
        "x": x.tolist(),
        "y": y.tolist(),
        "kernel": {
            "inverseSquaredLengths": regressor.inverse_squared_lengthscales.tolist(),
            "scale": regressor.kernel_scale.item(),
            "noise": regressor.noise_var.item(),
        },
        "objective": objective.item(),
        "at": at.tolist(),
        "mean": mean.tolist(),
        "variance": variance.tolist(),
        "running": running.tolist(),
        "logImprovement": alone.tolist(),
        "logImprovementBesideRunning": beside.tolist(),
    }


if __name__ == "__main__":
    unit, choice = FloatDistribution(0, 1), CategoricalDistribution(["a", "b", "c"])
    cases = [
        process(1, 8, {"x": unit}, lambda x: np.sin(6 * x[0])),
        process(2, 25, {"x": unit, "y": unit, "z": unit}, lambda x: x[0] ** 2 - np.cos(5 * x[1])),
        process(3, 20, {"x": unit, "c": choice}, lambda x: (x[0] - 0.3) ** 2 + 0.2 * x[1]),
    ]
    made = {"optuna": optuna.__version__, "torch": torch.__version__, "trials": TRIALS, "best": search(), "processes": cases}
    (published.HERE / "optuna-gp.json").write_text(json.dumps(made))
