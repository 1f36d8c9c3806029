"""What W&B's own tests of its package `sweeps` ask of it, and what it answers: grids, quantiles of distributions, hyperband.

    git clone of wandb/sweeps at b1dfc5f95e7fa179519718e92371d1423c116893
    pip install numpy scipy pyyaml scikit-learn jsonschema jsonref pydantic pytest
    PYTHONPATH=sweeps/src python make_wandb_sweeps.py sweeps/tests      # writes wandb-sweeps.json beside this file
"""

import json
import os
import pathlib
import sys

import numpy as np
import pytest
import sweeps.hyperband_stopping as hyperband
import sweeps.run as run_module
from sweeps.params import HyperParameter

TESTS = ["grid_search", "hyperband_stopping", "random_search", "params", "validation", "schema"]
grids, stops, draws = {}, {}, {}
most_draws, most_stops = 40, 60


def plain(value):
    """As JSON has it; TypeError where it cannot."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        # Which YAML does not have.
        raise TypeError(tuple)
    if isinstance(value, (list, np.ndarray)):
        return [plain(each) for each in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(type(value))


def keep(book, key, make, most=10_000):
    try:
        text = json.dumps(plain(key), sort_keys=True, allow_nan=False)
    except (TypeError, ValueError):
        return
    # The longest histories say no more than shorter ones.
    if text not in book and len(book) < most and len(text) < 8_000:
        book[text] = {**plain(key), **make()}


def flat(config, above=""):
    """Dotted names of nested parameters to their values."""
    result = {}
    for name, each in config.items():
        if isinstance(each, dict) and "value" in each and not above:
            each = each["value"]
        result[name] = plain(each)
    return result


def whole_grid(config):
    runs = []
    while True:
        found = original_next(config, runs, n=1)[0]
        if found is None or len(runs) > 200:
            return {"points": [flat(run.config) for run in runs]}
        runs.append(found)
        if not any("values" in each or "min" in each or "parameters" in each for each in config["parameters"].values()):
            return {"points": [flat(run.config) for run in runs]}


original_next, original_stop, original_ppf = run_module.next_runs, hyperband.hyperband_stop_runs, HyperParameter.ppf


def next_runs(config, runs, *args, **kwargs):
    found = original_next(config, runs, *args, **kwargs)
    if config["method"] == "grid" and not any("probabilities" in str(each) for each in config["parameters"].values()):
        keep(grids, {"parameters": config["parameters"]}, lambda: whole_grid(dict(config)))
    return found


def stop_runs(runs, config, *args, **kwargs):
    found = original_stop(runs, config, *args, **kwargs)
    name = config["metric"]["name"]
    histories = [
        {"state": getattr(run.state, "value", run.state), "history": [None if (v := each.get(name)) is None or v != v else v for each in run.history]}
        for run in runs
    ]
    key = {"metric": config["metric"], "early_terminate": config["early_terminate"], "runs": histories}
    keep(stops, key, lambda: {"stopped": [i for i, run in enumerate(runs) if run in found]}, most_stops)
    return found


def ppf(self, x):
    found = original_ppf(self, x)
    # None at which a multiple of a step lies half way: NumPy rounds these to even.
    shares = [0.02, 0.26, 0.51, 0.61, 0.98]
    if "value" not in self.config:
        keep(draws, {"parameter": self.config}, lambda: {"shares": shares, "values": plain([original_ppf(self, s) for s in shares])}, most_draws)
    return found


class Patches:
    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items):
        for module in {item.module for item in items}:
            for name, patch in (("next_runs", next_runs), ("hyperband_stop_runs", stop_runs), ("stop_runs", lambda config, runs, **k: stop_runs(runs, config, **k))):
                if hasattr(module, name):
                    setattr(module, name, patch)
            if hasattr(module, "next_run"):
                setattr(module, "next_run", lambda config, runs, *a, **k: next_runs(config, runs, *a, n=1, **k)[0])
        run_module.next_runs = next_runs
        run_module.hyperband_stop_runs = stop_runs
        HyperParameter.ppf = ppf


folder = pathlib.Path(sys.argv[1]).resolve()
here = pathlib.Path(__file__).resolve()
os.chdir(folder.parent)
files = [str(folder / f"test_{name}.py") for name in TESTS]
options = ["-q", "-c", "/dev/null", f"--rootdir={folder.parent}", "-p", "no:cacheprovider"]
pytest.main([*files, *options], plugins=[Patches()])
made = {"grids": list(grids.values()), "stops": list(stops.values()), "draws": list(draws.values())}
here.with_name("wandb-sweeps.json").write_text(json.dumps(made))
print({name: len(each) for name, each in made.items()})
