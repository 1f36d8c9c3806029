"""Logs what Keras or PyTorch trains to Thaw, live. One file, nothing to install but what trains.

    curl -O http://127.0.0.1:3000/thaw_keras.py        # from the dashboard that is to show the run

Keras 3 or tf.keras:

    from thaw_keras import ThawCallback, log_predictions

    model.fit(train, validation_data=val, epochs=20, callbacks=[ThawCallback("unfreeze block 14")])
    log_predictions(files, labels, model.predict(test), "test", groups=patients, classes=["A", "B"])

PyTorch, or any loop of your own:

    from thaw_keras import Run

    with Run("resnet", parameters={"learning_rate": 0.001}) as run:
        for epoch in range(20):
            run.log_epoch({"loss": loss, "accuracy": accuracy, "val_loss": val_loss, "val_accuracy": val_accuracy})
        run.log_predictions(files, labels, probabilities, "test", groups=patients, classes=["A", "B"])

The run stands in the dashboard while it trains. With the predictions on validation and on test images it has the gap between
them per class, with intervals that go by groups (images of one patient, slide or photograph).

Without a dashboard, training goes on: what could not be logged is said once, on standard error.
"""

import atexit
import importlib
import json
import math
import os
import sys
import time
import urllib.error
import urllib.request

DEFAULT_URL = "http://127.0.0.1:3000"

_last_run = None


class ThawError(RuntimeError):
    """What the server says of a request that it refuses."""


class Client:
    """Asks the dashboard's server, which answers as MLflow's tracking server does.

    `url`: where the dashboard is; the environment's THAW_URL, or MLFLOW_TRACKING_URI, or http://127.0.0.1:3000 when left out.
    `token`: that of a dashboard for others; the environment's THAW_TOKEN when left out.
    """

    def __init__(self, url=None, token=None):
        url = url or os.environ.get("THAW_URL") or os.environ.get("MLFLOW_TRACKING_URI") or DEFAULT_URL
        self.url = url.rstrip("/")
        self.token = token or os.environ.get("THAW_TOKEN")

    def ask(self, call, body=None, method="POST"):
        """Returns the answer as a dict. ThawError where the server refuses, OSError where none answers."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        data = None if body is None else json.dumps(body, allow_nan=False).encode()
        request = urllib.request.Request(self.url + "/api/2.0/mlflow/" + call, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            text = error.read().decode("utf-8", "replace")
            try:
                text = json.loads(text)["message"]
            except (ValueError, KeyError, TypeError):
                pass
            raise ThawError(f"{call}: {text}") from None

    def experiment(self, name):
        """The id of the experiment of this name, made if need be."""
        try:
            query = "experiments/get-by-name?experiment_name=" + urllib.request.quote(name, safe="")
            return self.ask(query, method="GET")["experiment"]["experiment_id"]
        except ThawError:
            return self.ask("experiments/create", {"name": name})["experiment_id"]


class Run:
    """A run in the dashboard, which begins here and ends with `end`, or with the `with` block that it is used in.

    `name`: what it is called; invented when left out. `experiment`: what it belongs to. `parameters`: its settings, a dict.
    `url`, `token`: see Client. Nothing here stops training, but for predictions that are wrong in themselves.
    """

    def __init__(self, name=None, experiment=None, parameters=None, url=None, token=None):
        self.client = Client(url, token)
        self.id = None
        self._step = 0
        self._silent = False
        self._training = True
        # A program that an error ends may never come to `end`.
        atexit.register(self._give_up)
        self._try(lambda: self._begin(name, experiment, parameters or {}))

    def __enter__(self):
        return self

    def __exit__(self, error, *_):
        if self._training:
            self.end("FINISHED" if error is None else "KILLED" if error is KeyboardInterrupt else "FAILED")

    def log_epoch(self, metrics):
        """`metrics`: a dict of numbers, under Keras's names: loss, accuracy, val_loss, val_accuracy, and any other."""
        self._step += 1
        at = {"timestamp": now(), "step": self._step}
        self._send(
            "runs/log-batch",
            lambda: {"metrics": [{"key": key, "value": json_number(value), **at} for key, value in metrics.items()]},
        )

    def log_parameters(self, parameters):
        pairs = [{"key": str(key), "value": str(value)} for key, value in parameters.items()]
        for start in range(0, len(pairs), 100):
            self._send("runs/log-batch", lambda: {"params": pairs[start : start + 100]})

    def log_predictions(self, files, labels, probabilities, split, groups=None, classes=None):
        """Keeps what the model says of images, and returns its figures on them; None where no dashboard answers.

        `files`: n names, relative to the data set's folder.
        `labels`: the n true classes, as names or as places in `classes`.
        `probabilities`: n rows, one number a class, each row together 1 (after softmax; an array, a tensor or lists); of a sigmoid
            with one column it is the probability of the second class.
        `split`: "validation" or "test".
        `groups`: n names of what images belong to (patient, slide, photograph); intervals go by them. Where all are None or NaN,
            no image has one.
        `classes`: the names in the order of the columns, or Keras's `class_indices`; when left out the sorted names among
            `labels`, or "0", "1" and so on where they are places.

        ThawError where they do not fit together.
        """
        rows = [probabilities_of(row) for row in plain(probabilities)]
        labels = [label_of(plain(label)) for label in plain(labels)]
        body = {
            "run_id": self.id,
            "split": split,
            "classes": class_names(classes, labels, len(rows[0]) if rows else 0),
            "files": [str(file) for file in files],
            "labels": labels,
            "probabilities": rows,
        }
        if groups is not None:
            body["groups"] = [group_of(group) for group in plain(groups)]
        if self.id is None:
            return None
        try:
            return self.client.ask("runs/log-predictions", body)
        except OSError as error:
            return self._say(error)

    def resume(self):
        """Goes on with a run that has ended."""
        self._training = True
        self._send("runs/update", lambda: {"status": "RUNNING"})

    def end(self, status="FINISHED"):
        """`status`: FINISHED, FAILED or KILLED."""
        self._training = False
        self._send("runs/update", lambda: {"status": status, "end_time": now()})

    def _begin(self, name, experiment, parameters):
        body = {"start_time": now(), "user_id": ""}
        if experiment is not None:
            body["experiment_id"] = self.client.experiment(experiment)
        if name is not None:
            body["run_name"] = name
        self.id = self.client.ask("runs/create", body)["run"]["info"]["run_id"]
        self.log_parameters(parameters)

    def _send(self, call, body):
        if self.id is not None:
            self._try(lambda: self.client.ask(call, {"run_id": self.id, **body()}))

    def _give_up(self):
        if self._training:
            self.end("FAILED")

    def _try(self, what):
        try:
            what()
        except (OSError, ThawError, TypeError, ValueError) as error:
            self._say(error)

    def _say(self, error):
        if not self._silent:
            print(f"thaw_keras: {self.client.url} does not take this run: {error}", file=sys.stderr)
        self._silent = True


class _LogsEpochs:
    """What ThawCallback adds to a callback of Keras."""

    def __init__(self, name=None, experiment=None, parameters=None, url=None, token=None):
        super().__init__()
        self._begin = lambda known: Run(name, experiment, {**known, **(parameters or {})}, url, token)
        self.run = None

    def on_train_begin(self, logs=None):
        global _last_run
        if self.run is not None and self.run.id is not None:
            return self.run.resume()
        self.run = _last_run = self._begin(fit_parameters(self.params or {}, self.model))

    def on_epoch_end(self, epoch, logs=None):
        self.run.log_epoch(logs or {})

    def on_train_end(self, logs=None):
        self.run.end()


def __getattr__(name):
    """ThawCallback, made when it is first asked for: a loop that only needs Run does not wait for Keras to load.

    `__all__`, which `from thaw_keras import *` asks for, has it where Keras can be loaded.
    """
    if name == "__all__":
        try:
            _keras_in_use()
        except ThawError:
            return _WITHOUT_KERAS
        return ["ThawCallback", *_WITHOUT_KERAS]
    if name != "ThawCallback":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    fields = {"__module__": __name__, "__doc__": _CALLBACK_DOC}
    globals()[name] = type(name, (_LogsEpochs, _keras_in_use().callbacks.Callback), fields)
    return globals()[name]


_WITHOUT_KERAS = ["Run", "Client", "ThawError", "log_predictions"]

_CALLBACK_DOC = """Logs epochs as they end; see the file's beginning.

`parameters`: settings to be shown beside those that Keras knows (epochs, steps, optimizer). The others: see Run. A callback
that is used for a second fit goes on with its run, so that a fine-tuning after a warm-up is one curve.
"""


def _keras_in_use():
    """The Keras that the program has loaded, else the one that TensorFlow is told to have as tf.keras. ThawError where there is none."""
    names = ["keras", "tf_keras"]
    if os.environ.get("TF_USE_LEGACY_KERAS", "").lower() in ("1", "true"):
        names.reverse()
    for name in sorted(names, key=lambda each: each not in sys.modules):
        try:
            return importlib.import_module(name)
        except ImportError:
            pass
    raise ThawError("ThawCallback needs Keras, which cannot be loaded; other programs use Run")


def log_predictions(files, labels, probabilities, split, groups=None, classes=None):
    """The same of the run that the last ThawCallback began; see Run.log_predictions."""
    if _last_run is None:
        raise ThawError("no run was begun: fit with a ThawCallback first, or log by Run")
    return _last_run.log_predictions(files, labels, probabilities, split, groups, classes)


def now():
    """In ms since 1970."""
    return int(time.time() * 1000)


def json_number(value):
    """As JSON has it: what is not finite as a text."""
    number = float(value)
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def plain(values):
    """Lists and numbers of arrays of NumPy and of tensors of PyTorch and TensorFlow."""
    if hasattr(values, "tolist"):
        return values.tolist()
    return values.numpy().tolist() if hasattr(values, "numpy") else values


def probabilities_of(row):
    row = plain(row)
    values = [float(value) for value in (row if hasattr(row, "__len__") else [row])]
    return [1 - values[0], values[0]] if len(values) == 1 else values


def group_of(group):
    """A name; empty for what stands for none in Python and pandas."""
    return "" if str(group) in ("None", "nan", "<NA>") else str(group)


def label_of(label):
    """A name, or a place; of a one-hot row the place of its greatest value."""
    if isinstance(label, str):
        return label
    if hasattr(label, "__len__"):
        values = [float(value) for value in label]
        return values.index(max(values)) if len(values) > 1 else int(values[0])
    return int(label)


def class_names(classes, labels, count):
    if classes is None:
        is_place = all(isinstance(label, int) for label in labels)
        return [str(place) for place in range(count)] if is_place else sorted(set(labels))
    if isinstance(classes, dict):
        return [str(name) for name, _ in sorted(classes.items(), key=lambda each: each[1])]
    return [str(name) for name in classes]


def fit_parameters(params, model):
    """What Keras says of a fit: how long it is, and how it learns."""
    found = {name: params[name] for name in ("epochs", "steps") if params.get(name) is not None}
    optimizer = getattr(model, "optimizer", None)
    if optimizer is not None:
        found["optimizer"] = type(optimizer).__name__
        try:
            found["learning_rate"] = float(optimizer.learning_rate)
        except (TypeError, ValueError, AttributeError):
            pass
    if model is not None:
        found["trainable_weights"] = sum(math.prod(weight.shape) for weight in model.trainable_weights)
    return found
