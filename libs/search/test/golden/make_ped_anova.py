"""Parameter importance as Optuna's PedAnovaImportanceEvaluator computes it, unnormalised.

pip install optuna==5.0.0
"""

import json
import pathlib
import warnings

import numpy as np
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.importance import PedAnovaImportanceEvaluator
from optuna.trial import create_trial

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def domain(distribution):
    if isinstance(distribution, CategoricalDistribution):
        return {"values": list(distribution.choices)}
    step = distribution.step if isinstance(distribution, FloatDistribution) else 1
    return {"low": distribution.low, "high": distribution.high, "log": distribution.log, "step": step}


def case(name, seed, space, objective, trials, direction="maximize", quantile=0.1, local=True):
    rng = np.random.default_rng(seed)
    study = optuna.create_study(direction=direction)
    rows = []
    for _ in range(trials):
        params = {}
        for path, (distribution, present) in space.items():
            if not present(params):
                continue
            if isinstance(distribution, CategoricalDistribution):
                value = distribution.choices[rng.integers(len(distribution.choices))]
            elif isinstance(distribution, IntDistribution):
                value = int(rng.integers(distribution.low, distribution.high + 1))
            elif distribution.log:
                value = float(np.exp(rng.uniform(np.log(distribution.low), np.log(distribution.high))))
            else:
                value = float(rng.uniform(distribution.low, distribution.high))
            params[path] = value
        value = float(objective(params, rng))
        distributions = {path: space[path][0] for path in params}
        study.add_trial(create_trial(params=params, distributions=distributions, value=value))
        rows.append({"parameters": params, "value": value})
    evaluator = PedAnovaImportanceEvaluator(target_quantile=quantile, evaluate_on_local=local)
    return {
        "name": name,
        "goal": direction,
        "targetQuantile": quantile,
        "space": {path: domain(distribution) for path, (distribution, _) in space.items()},
        "trials": rows,
        "importance": evaluator.evaluate(study),
    }


always = lambda params: True
choices = lambda *values: CategoricalDistribution(values)

cases = [
    case(
        "categories, one that matters",
        1,
        {"a": (choices(8, 16, 32), always), "b": (choices("x", "y"), always), "c": (choices(True, False), always)},
        lambda p, rng: (p["a"] == 16) + 0.1 * (p["b"] == "x") + 0.05 * rng.normal(),
        60,
    ),
    case(
        "floats, one of them on a log scale",
        2,
        {"rate": (FloatDistribution(1e-4, 1e-1, log=True), always), "momentum": (FloatDistribution(0, 0.99), always)},
        lambda p, rng: (np.log10(p["rate"]) + 2.5) ** 2 + 0.1 * p["momentum"],
        80,
        direction="minimize",
    ),
    case(
        "whole numbers",
        3,
        {"units": (IntDistribution(1, 12), always), "epochs": (IntDistribution(1, 200), always)},
        lambda p, rng: p["units"] + 0.01 * p["epochs"] + rng.normal(),
        50,
        quantile=0.2,
    ),
    case(
        "a conditional parameter",
        4,
        {
            "scenario": (choices("frozen", "partial", "full"), always),
            "from": (choices("block_12", "block_14", "block_16"), lambda p: p["scenario"] == "partial"),
            "rate": (FloatDistribution(1e-4, 1e-1, log=True), always),
        },
        lambda p, rng: 0.5 + 0.3 * (p.get("from") == "block_14") + 0.1 * (p["scenario"] == "full") + 0.02 * rng.normal(),
        90,
    ),
    case(
        "ties at the edge of the best",
        5,
        {"a": (choices(1, 2, 3, 4), always), "b": (choices(1, 2), always)},
        lambda p, rng: min(p["a"], 3),
        24,
    ),
    case(
        "few trials",
        6,
        {"a": (choices(1, 2), always), "b": (FloatDistribution(0, 1), always)},
        lambda p, rng: p["a"] + p["b"],
        5,
        quantile=0.4,
    ),
    case(
        "values with a single choice",
        7,
        {"a": (choices(1), always), "b": (choices(1, 2, 3), always)},
        lambda p, rng: p["b"] + rng.normal(),
        20,
    ),
]

path = pathlib.Path(__file__).with_name("ped-anova.json")
path.write_text(json.dumps({"optuna": optuna.__version__, "cases": cases}))
