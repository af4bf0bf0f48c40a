"""The schema of everything authors write, and the catalogue that finds it fast."""
