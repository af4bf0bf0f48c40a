"""Typer commands: read arguments, call one practice, print."""
