"""Writes principal-components.json: scikit-learn's PCA of small made features.

    python libs/metrics/test/golden/make_principal_components.py

Needs scikit-learn and numpy.
"""

import json
from pathlib import Path

import numpy
import sklearn
from sklearn.decomposition import PCA


def case(name, rows, columns, count, seed):
    random = numpy.random.default_rng(seed)
    scale = numpy.linspace(3, 0.2, columns)
    mix = numpy.linalg.qr(random.normal(size=(columns, columns)))[0]
    features = numpy.round((random.normal(size=(rows, columns)) * scale) @ mix + 5, 3).astype("float32")
    pca = PCA(count, svd_solver="full").fit(features.astype("float64"))
    return {
        "name": name,
        "features": [[round(float(value), 3) for value in row] for row in features],
        "components": pca.components_.tolist(),
        "variances": pca.explained_variance_.tolist(),
        "shares": pca.explained_variance_ratio_.tolist(),
        "scores": pca.transform(features.astype("float64")).tolist(),
    }


cases = [
    case("more rows than columns", 12, 5, 2, 1),
    case("more columns than rows", 6, 9, 3, 2),
    case("all directions", 8, 4, 4, 3),
]
Path(__file__).with_name("principal-components.json").write_text(
    json.dumps({"scikit_learn": sklearn.__version__, "cases": cases})
)
