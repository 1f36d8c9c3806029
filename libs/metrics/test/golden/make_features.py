"""Writes features.json: figures of scikit-learn and NumPy for what metrics computes from features.

    python libs/metrics/test/golden/make_features.py

Needs scikit-learn and numpy. LogME is the fixed-point iteration of You et al. (JMLR 2022, algorithm 2; the published
implementation's default), written here from its formula with NumPy's SVD.
"""

import json
from pathlib import Path

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, LeaveOneOut, cross_val_predict
from sklearn.neighbors import KNeighborsClassifier


def log_me(features, labels):
    samples, width = features.shape
    u, s, _ = numpy.linalg.svd(features, full_matrices=False)
    variances = s**2
    scores, exact = [], []
    for label in range(labels.max() + 1):
        members = (labels == label).astype(float)
        squares = (u.T @ members) ** 2
        outside = members @ members - squares.sum()
        alpha = beta = 1.0
        for _ in range(11):
            ratio = alpha / beta
            effective = (variances / (variances + ratio)).sum()
            length = (variances * squares / (ratio + variances) ** 2).sum()
            residual = (squares / (1 + variances / ratio) ** 2).sum() + outside
            alpha = effective / (length + 1e-5)
            beta = (samples - effective) / (residual + 1e-5)
            if abs(alpha / beta - ratio) / ratio <= 1e-3:
                break
        scores.append(
            width / 2 * numpy.log(alpha)
            + samples / 2 * numpy.log(beta)
            - numpy.log(alpha + beta * variances).sum() / 2
            - beta / 2 * residual
            - alpha / 2 * length
            - samples / 2 * numpy.log(2 * numpy.pi)
        )
        # The same by the mean and the whole matrix's determinant, with no directions left out.
        whole = alpha * numpy.eye(width) + beta * features.T @ features
        mean = numpy.linalg.solve(ratio * numpy.eye(width) + features.T @ features, features.T @ members)
        exact.append(
            width / 2 * numpy.log(alpha)
            + samples / 2 * numpy.log(beta)
            - numpy.linalg.slogdet(whole)[1] / 2
            - beta / 2 * ((members - features @ mean) ** 2).sum()
            - alpha / 2 * mean @ mean
            - samples / 2 * numpy.log(2 * numpy.pi)
        )
    return float(numpy.mean(scores) / samples), float(numpy.mean(exact) / samples)


def blobs(random, samples, width, classes, spread):
    labels = numpy.arange(samples) % classes
    centres = random.normal(size=(classes, width))
    return numpy.round(centres[labels] + spread * random.normal(size=(samples, width)), 4), labels


def main():
    random = numpy.random.default_rng(5)
    auc, regressions, transferability, probes = [], [], [], []

    for name, samples, levels in [("no ties", 40, None), ("ties", 60, 4), ("all tied", 10, 1)]:
        labels = numpy.arange(samples) % 3 == 0
        scores = random.normal(size=samples) + 0.7 * labels
        if levels:
            scores = numpy.floor(random.uniform(0, levels, size=samples))
        value = roc_auc_score(labels, scores)
        auc.append({"name": name, "labels": labels.astype(int).tolist(), "scores": scores.tolist(), "auc": value})

    for name, samples, width, c, imbalance in [
        ("more rows than columns", 60, 4, 1.0, 2),
        ("more columns than rows", 24, 40, 1.0, 2),
        ("one class rare, weak penalty", 80, 6, 100.0, 8),
        ("strong penalty", 40, 5, 0.01, 3),
    ]:
        features, _ = blobs(random, samples, width, 1, 1)
        labels = (numpy.arange(samples) % imbalance == 0).astype(int)
        features = numpy.round(features + 0.8 * labels[:, None] * (numpy.arange(width) < 2), 4)
        model = LogisticRegression(C=c, tol=1e-12, max_iter=100_000).fit(features, labels)
        regressions.append(
            {
                "name": name,
                "c": c,
                "features": features.tolist(),
                "labels": labels.tolist(),
                "coefficients": model.coef_[0].tolist(),
                "intercept": float(model.intercept_[0]),
            }
        )

    for name, samples, width, classes, spread in [
        ("more samples than features", 60, 8, 3, 1.0),
        ("fewer samples than features", 20, 30, 2, 1.0),
        ("as many samples as features", 24, 24, 4, 0.5),
        ("classes that features do not tell", 50, 6, 2, 30.0),
    ]:
        features, labels = blobs(random, samples, width, classes, spread)
        score, evidence = log_me(features, labels)
        transferability.append(
            {
                "name": name,
                "features": features.tolist(),
                "labels": labels.tolist(),
                "score": score,
                "evidence": evidence,
            }
        )

    for name, k, copies in [("one neighbour", 1, 3), ("three neighbours", 3, 4)]:
        centres, source_labels = blobs(random, 16, 6, 2, 1.2)
        features = numpy.round(numpy.repeat(centres, copies, axis=0) + 0.1 * random.normal(size=(16 * copies, 6)), 4)
        labels, groups = numpy.repeat(source_labels, copies), numpy.repeat(numpy.arange(16), copies)
        model = KNeighborsClassifier(k, metric="cosine", algorithm="brute")
        across_groups = cross_val_predict(model, features, labels, groups=groups, cv=LeaveOneGroupOut())
        across_samples = cross_val_predict(model, features, labels, cv=LeaveOneOut())
        probes.append(
            {
                "name": name,
                "k": k,
                "features": features.tolist(),
                "labels": labels.tolist(),
                "groups": [f"photograph {group}" for group in groups],
                "across_groups": across_groups.tolist(),
                "across_groups_balanced": balanced_accuracy_score(labels, across_groups),
                "across_samples": across_samples.tolist(),
                "across_samples_balanced": balanced_accuracy_score(labels, across_samples),
            }
        )

    target = Path(__file__).with_name("features.json")
    document = {
        "source": f"scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}",
        "auc": auc,
        "regressions": regressions,
        "transferability": transferability,
        "probes": probes,
    }
    target.write_text(json.dumps(document) + "\n")


main()
