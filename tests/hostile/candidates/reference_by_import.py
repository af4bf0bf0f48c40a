"""Imports the reference as a module."""

import importlib
import importlib.util
import sys

sys.path[:0] = ["@SOLUTIONS@/attention", "@SOLUTIONS@/attention/valid", "@ROOT@"]
for name in ("reference", "einsum", "loops", "solutions.attention.reference"):
    try:
        attention = importlib.import_module(name).attention
    except (ImportError, AttributeError):
        continue
if "attention" not in globals():
    spec = importlib.util.spec_from_file_location("reference", "@REFERENCE@")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    attention = module.attention
