"""A syntax error on a line of control characters."""

value = "‮[2J⁦" + + ) "‮"
