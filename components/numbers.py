"""The type of a calculation's inputs and results: one number, or an array with one number per step of a slider."""

import numpy as np

Number = float | np.ndarray
