"""`python -m llmprep`: the same as the console script."""

from llmprep.cli.main import run

if __name__ == "__main__":
    run()
