"""What a calculation takes and gives: one number, or an array with one number for each step of a slider."""

import numpy as np

Number = float | np.ndarray
