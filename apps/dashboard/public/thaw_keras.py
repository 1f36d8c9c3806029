"""Logs what Keras trains to Thaw, live. One file, nothing to install but Keras 3 or tf.keras.

    curl -O http://127.0.0.1:3000/thaw_keras.py        # from the dashboard that is to show the run

    from thaw_keras import ThawCallback, log_predictions

    model.fit(train, validation_data=val, epochs=20, callbacks=[ThawCallback("unfreeze block 14")])
    log_predictions(files, labels, model.predict(test), "test", groups=patients, classes=["A", "B"])

The run stands in the dashboard while it trains. With the predictions on validation and on test images it has the gap between
them per class, with intervals that go by groups (images of one patient, slide or photograph).

Without a dashboard, training goes on: what could not be logged is said once, on standard error.
"""

import atexit
import json
import math
import os
import sys
import time
import urllib.error
import urllib.request

try:
    import keras
except ImportError:
    from tensorflow import keras

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
    """A run in the dashboard."""

    def __init__(self, client, run_id):
        self.client = client
        self.id = run_id

    @classmethod
    def start(cls, client, name=None, experiment=None):
        body = {"start_time": now(), "user_id": ""}
        if experiment is not None:
            body["experiment_id"] = client.experiment(experiment)
        if name is not None:
            body["run_name"] = name
        return cls(client, client.ask("runs/create", body)["run"]["info"]["run_id"])

    def log_metrics(self, metrics, step):
        at = now()
        values = [
            {"key": key, "value": json_number(value), "timestamp": at, "step": step}
            for key, value in metrics.items()
        ]
        self.client.ask("runs/log-batch", {"run_id": self.id, "metrics": values})

    def log_parameters(self, parameters):
        pairs = [{"key": str(key), "value": str(value)} for key, value in parameters.items()]
        for start in range(0, len(pairs), 100):
            self.client.ask("runs/log-batch", {"run_id": self.id, "params": pairs[start : start + 100]})

    def log_predictions(self, files, labels, probabilities, split, groups=None, classes=None):
        """Keeps what the model says of images, and returns its figures on them.

        `files`: n names, relative to the data set's folder.
        `labels`: the n true classes, as names or as places in `classes`.
        `probabilities`: n rows, one number a class, each row together 1 (NumPy array or lists); of a sigmoid with one column
            it is the probability of the second class.
        `split`: "validation" or "test".
        `groups`: n names of what images belong to (patient, slide, photograph); intervals go by them.
        `classes`: the names in the order of the columns, or Keras's `class_indices`; when left out the sorted names among
            `labels`, or "0", "1" and so on where they are places.
        """
        rows = [probabilities_of(row) for row in probabilities]
        labels = [label_of(label) for label in labels]
        body = {
            "run_id": self.id,
            "split": split,
            "classes": class_names(classes, labels, len(rows[0]) if rows else 0),
            "files": [str(file) for file in files],
            "labels": labels,
            "probabilities": rows,
        }
        if groups is not None:
            body["groups"] = [str(group) for group in groups]
        return self.client.ask("runs/log-predictions", body)

    def end(self, status="FINISHED"):
        self.client.ask("runs/update", {"run_id": self.id, "status": status, "end_time": now()})


class ThawCallback(keras.callbacks.Callback):
    """Logs epochs as they end; see the file's beginning.

    `name`: what the run is called; invented when left out. `experiment`: what it belongs to. `parameters`: settings to be shown
    beside those that Keras knows (epochs, steps, optimizer). `url`, `token`: see Client. A callback that is used for a second
    fit goes on with its run, so that a fine-tuning after a warm-up is one curve.
    """

    def __init__(self, name=None, experiment=None, parameters=None, url=None, token=None):
        super().__init__()
        self._client = Client(url, token)
        self._name = name
        self._experiment = experiment
        self._parameters = dict(parameters or {})
        self._step = 0
        self._silent = False
        self._training = False
        self.run = None
        # A fit that an error ends tells its callbacks nothing.
        atexit.register(self._give_up)

    def on_train_begin(self, logs=None):
        self._training = True

        def begin():
            global _last_run
            if self.run is not None:
                return self.run.client.ask("runs/update", {"run_id": self.run.id, "status": "RUNNING"})
            self.run = _last_run = Run.start(self._client, self._name, self._experiment)
            self.run.log_parameters({**fit_parameters(self.params or {}, self.model), **self._parameters})

        self._try(begin)

    def on_epoch_end(self, epoch, logs=None):
        self._step += 1
        step = self._step
        if self.run is not None:
            self._try(lambda: self.run.log_metrics(logs or {}, step))

    def on_train_end(self, logs=None):
        self._training = False
        if self.run is not None:
            self._try(self.run.end)

    def _give_up(self):
        if self._training and self.run is not None:
            self._try(lambda: self.run.end("FAILED"))

    def _try(self, what):
        try:
            what()
        except (OSError, ThawError, ValueError) as error:
            if not self._silent:
                print(f"thaw_keras: {self._client.url} does not take this run: {error}", file=sys.stderr)
            self._silent = True


def log_predictions(files, labels, probabilities, split, groups=None, classes=None):
    """The same of the run that the last ThawCallback began; see Run.log_predictions."""
    if _last_run is None:
        raise ThawError("no run was begun: fit with a ThawCallback first")
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


def probabilities_of(row):
    values = [float(value) for value in (row if hasattr(row, "__len__") else [row])]
    return [1 - values[0], values[0]] if len(values) == 1 else values


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
