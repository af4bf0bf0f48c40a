"""Prepare for large-language-model interviews in the terminal: recall, hand-write, explain."""

__version__ = "0.1.0"
