"""Grades a candidate's file: isolation, probes, comparison, diagnosis.

Kernels run in Triton's interpreter, on the CPU, so that the walls around a candidate are the same with and
without a GPU. It must be told before Triton is imported, and torch imports it where it is installed.
"""

import os

ENVIRONMENT = {"TRITON_INTERPRET": "1"}
os.environ.update(ENVIRONMENT)
