"""Attempts what a candidate must not be able to do; says "refused" or "possible" to each."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import torch


def _try(attempt):
    try:
        return "possible" if attempt() is not False else "refused"
    except BaseException:
        return "refused"


def reads_solutions():
    return _try(lambda: Path(SOLUTION_FILE).read_bytes())  # noqa: F821 - filled in before it is run


def reads_home():
    return _try(lambda: Path(HOME_FILE).read_bytes())  # noqa: F821 - filled in before it is run


def writes_outside():
    def attempt():
        path = Path(sys.base_prefix) / "llmprep-was-here"
        other = Path(tempfile.gettempdir()).parent / "llmprep-was-here"
        for candidate in (other, path):
            try:
                candidate.write_text("x")
                candidate.unlink()
                return True
            except OSError:
                continue
        return False

    return _try(attempt)


def sees_environment():
    return _try(lambda: bool({"HOME", "USER", "LLMPREP_HOME", "SSH_AUTH_SOCK"} & set(os.environ)))


def reads_parent_memory():
    return _try(lambda: open(f"/proc/{os.getppid()}/mem", "rb").close() or True)


def starts_process():
    def attempt():
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        return True

    return (
        _try(attempt)
        if hasattr(os, "fork")
        else _try(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
    )


def runs_program():
    return _try(lambda: subprocess.run([sys.executable, "-c", ""], check=True, capture_output=True))


def tcp():
    def attempt():
        server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        server.bind(("127.0.0.1", 0))
        return True

    return _try(attempt)


def udp():
    def attempt():
        sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sender.sendto(b"x", ("127.0.0.1", 9))
        return True

    return _try(attempt)


def signals_parent():
    return _try(lambda: os.kill(os.getppid(), 0) or True)


def takes_memory():
    return _try(lambda: torch.zeros(3 << 30, dtype=torch.uint8).sum() is not None)


def uses_terminal():
    return _try(lambda: open("/dev/tty", "w").close() or True)
