"""Files that scikit-learn, NumPy, pandas and Optuna write, with the figures that are in them, for ../import/real-files.test.ts.

    pip install scikit-learn pandas optuna && python make_imports_tables.py
"""

import base64
import io
import json
import math
import pathlib

import numpy as np
import optuna
import pandas as pd
import sklearn
from sklearn.metrics import accuracy_score, classification_report, log_loss

optuna.logging.set_verbosity(optuna.logging.CRITICAL)
rng = np.random.default_rng(2)
files = []


def add(kind, name, content, expected):
    content = content.encode() if isinstance(content, str) else content
    files.append({"kind": kind, "name": name, "base64": base64.b64encode(content).decode(), "expected": expected})


def scores(report, names):
    picked = [[report[name][key] for key in ("precision", "recall", "f1-score", "support")] for name in names]
    return {"accuracy": report["accuracy"], "classes": names, "scores": picked}


def archive(save, **arrays):
    target = io.BytesIO()
    save(target, **arrays)
    return target.getvalue()


for i in range(10):
    count = 2 + i % 3
    names = [["A", "B", "C", "D"], ["blue cell", "red, dark", "Zelle ä", "weighted"]][i % 2][:count]
    images = 20 + 7 * i
    labels = rng.integers(0, count, images)
    labels[:count] = range(count)
    chance = rng.dirichlet(np.ones(count), images)
    predicted = chance.argmax(1)
    files_named = [f"{names[label]}/{n}.png" for n, label in enumerate(labels)]
    groups = [f"patient {n // 3}" for n in range(images)]
    report = classification_report(labels, predicted, target_names=names, output_dict=True, zero_division=0)
    printed = classification_report(labels, predicted, target_names=names, digits=4 if i % 2 else 2, zero_division=0)
    split = "validation" if i % 3 == 0 else "test"
    add("report-dict", f"{split}-{i}.json", json.dumps(report), {"split": split, **scores(report, names)})
    add("report-text", f"{split}-{i}.txt", printed, {"split": split, "digits": 4 if i % 2 else 2, **scores(report, names)})

    expected = {
        "split": split,
        "classes": names,
        "images": images,
        "groups": len(set(groups)),
        "accuracy": accuracy_score(labels, predicted),
        "loss": log_loss(labels, chance, labels=list(range(count))),
    }
    table = pd.DataFrame(chance, columns=[f"p_{name}" for name in names] if i % 3 == 1 else names)
    table.insert(0, "file", files_named)
    table.insert(1, "label", [names[label] for label in labels])
    table.insert(2, "group", groups)
    add("predictions-csv", f"{split}-{i}.csv", table.to_csv(index=i % 4 == 0), expected)
    columns = {"files": files_named, "labels": labels.tolist(), "probabilities": chance.tolist(), "groups": groups, "classes": names}
    rows = [
        {"file": file, "label": names[label], "group": group, "probabilities": dict(zip(names, map(float, row)))}
        for file, label, group, row in zip(files_named, labels, groups, chance)
    ]
    add("predictions-json", f"{split}-{i}.json", json.dumps(rows if i % 2 else columns), expected)
    kinds = [np.float64, np.float32, np.float16, ">f8"]
    arrays = {
        "files": np.array(files_named),
        "labels": np.eye(count)[labels] if i % 4 == 2 else labels.astype([np.int64, np.int32, np.uint8][i % 3]),
        "probabilities": np.asfortranarray(chance.astype(kinds[i % 4])) if i % 5 == 4 else chance.astype(kinds[i % 4]),
        "groups": np.array(groups),
        "classes": np.array(names),
    }
    if i % 4 == 2:
        rounded = chance.astype(np.float16).astype(np.float64)
        expected = {**expected, "accuracy": accuracy_score(labels, rounded.argmax(1)), "loss": -np.mean(np.log(rounded[np.arange(images), labels]))}
    add("predictions-npz", f"{split}-{i}.npz", archive(np.savez_compressed if i % 2 else np.savez, **arrays), expected)

    many = i % 5 == 4
    study = optuna.create_study(
        **({"directions": ["minimize", "maximize"]} if many else {"direction": "minimize"}),
        sampler=optuna.samplers.RandomSampler(seed=i),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=1),
    )
    if i == 9:
        study.set_metric_names(["loss", "accuracy"])

    def objective(trial):
        x = trial.suggest_float("x", -2, 2)
        units = trial.suggest_int("units", 1, 5) if trial.number != 2 else 0
        act = trial.suggest_categorical("act", ["relu", "elu", None])
        trial.set_user_attr("host", "here")
        if many:
            return x * x + units, x
        if trial.number == 3:
            return float("nan")
        if trial.number == 4:
            raise ValueError("broken")
        for step in range(3):
            trial.report(x * x + units - step, step)
            if trial.number == 5:
                raise optuna.TrialPruned()
        return x * x + units + (0 if act else 1)

    study.optimize(objective, n_trials=3 + i, catch=(ValueError,))
    trials = [
        {
            "state": trial.state.name,
            "values": [value for value in (trial.values or []) if not math.isnan(value)],
            "params": {key: value for key, value in trial.params.items() if value is not None},
        }
        for trial in study.trials
    ]
    add("optuna", f"study-{i}.csv", study.trials_dataframe().to_csv(index=i % 2 == 0), {"trials": trials})

versions = {"scikit_learn": sklearn.__version__, "optuna": optuna.__version__, "numpy": np.__version__, "pandas": pd.__version__}
pathlib.Path(__file__).with_name("imports-tables.json").write_text(json.dumps({**versions, "files": files}) + "\n")
