"""Points of SciPy's unscrambled Sobol and Halton sequences.

pip install scipy==1.17.1
"""

import json
import pathlib
import warnings

import scipy
from scipy.stats import qmc

warnings.filterwarnings("ignore")
indices = [0, 1, 2, 5, 100, 1023]
sobol = qmc.Sobol(40, scramble=False, bits=32).random(1024)[indices]
halton = qmc.Halton(10, scramble=False).random(1024)[indices]
made = {"scipy": scipy.__version__, "indices": indices, "sobol": sobol.tolist(), "halton": halton.tolist()}
pathlib.Path(__file__).with_name("scipy-quasi.json").write_text(json.dumps(made))
