"""Reproducible measurements, as ratios within one run: `python -m bench [start|judge]`."""
