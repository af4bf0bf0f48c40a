"""Imports another practice file and a module that would lie beside it."""

import os
import sys

sys.path[:0] = ["", ".", os.path.dirname(__file__), "@HOME@/practice"]
from softmax import attention
