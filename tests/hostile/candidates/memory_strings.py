"""A string multiplied by a billion."""

text = "x" * (1 << 40)
