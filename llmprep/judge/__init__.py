"""Grades a candidate's file: isolation, probes, comparison, diagnosis."""
