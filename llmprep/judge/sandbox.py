"""What a worker may do on Linux: compute, and read Python's own files. Nothing else.

Landlock hides files (solutions, the learner's home, other processes), TCP and signals; a seccomp filter
refuses new processes, programs and sockets; resource limits bound memory, time and files. The ruleset
is built once, in the zygote, and entered by every worker. Where the kernel lacks one of these the worker
goes on without it; `guarantees()` says which hold.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ_FILE, _READ_DIR, _EXECUTE = 1 << 2, 1 << 3, 1 << 0
_FILE_RIGHTS = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 14) | (1 << 15)
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_O_PATH = 0o10000000
EXTRA_MEMORY = 1536 << 20
CPU_SECONDS = 20


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def landlock_version() -> int:
    """The kernel's Landlock ABI version; 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(int(_libc().syscall(_CREATE_RULESET, None, 0, 1)), 0)


def _rights(version: int) -> int:
    """All file-system rights that this version can deny."""
    highest = {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)
    return (1 << highest) - 1


def visible_trees(hidden: Iterable[Path]) -> Iterator[Path]:
    """Folders of Python, its packages and the system's libraries, cut so that nothing `hidden` lies below."""
    roots = [sys.base_prefix, sys.prefix, "/usr", "/lib", "/lib64", "/etc", *sys.path]
    hidden = [path.resolve() for path in hidden]
    seen: set[Path] = set()
    for root in roots:
        path = Path(root)
        if root and path.exists():
            yield from _without(path.resolve(), hidden, seen)


def _without(tree: Path, hidden: list[Path], seen: set[Path]) -> Iterator[Path]:
    if tree in seen or any(tree == secret or secret in tree.parents for secret in hidden):
        return
    if not any(tree in secret.parents for secret in hidden):
        seen.add(tree)
        yield tree
        return
    for child in sorted(tree.iterdir()):
        if not child.is_symlink():
            yield from _without(child, hidden, seen)


def build_ruleset(hidden: Iterable[Path], scratch: Path) -> int | None:
    """A Landlock ruleset as a file descriptor: read Python's files, write `scratch`, no TCP, no signals out."""
    version = landlock_version()
    if version == 0:
        return None
    rights = _rights(version)
    attributes = struct.pack("=QQQ", rights, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    size = {1: 8, 2: 8, 3: 8, 4: 16, 5: 16}.get(version, 24)
    libc = _libc()
    ruleset = int(libc.syscall(_CREATE_RULESET, ctypes.c_char_p(attributes), ctypes.c_size_t(size), 0))
    if ruleset < 0:
        return None
    for tree in visible_trees(hidden):
        _allow(libc, ruleset, tree, (_READ_FILE | _READ_DIR | _EXECUTE) & rights)
    _allow(libc, ruleset, scratch, rights)
    for device in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
        _allow(libc, ruleset, Path(device), (_FILE_RIGHTS & ~_EXECUTE) & rights)
    return ruleset


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    with suppress(OSError):
        descriptor = os.open(path, _O_PATH | os.O_CLOEXEC)
        try:
            if not path.is_dir():
                rights &= _FILE_RIGHTS
            rule = struct.pack("=Qi", rights, descriptor)
            libc.syscall(_ADD_RULE, ruleset, 1, ctypes.c_char_p(rule), 0)
        finally:
            os.close(descriptor)


def die_with_parent() -> None:
    """Have the kernel end this process when its parent ends."""
    if sys.platform.startswith("linux"):
        import signal

        _libc().prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def limit_resources() -> None:
    """Bound memory (as address space above what is mapped now), CPU time, file sizes and open files."""
    try:
        import resource
    except ImportError:  # Windows
        return
    mapped = 0
    with suppress(OSError, ValueError, IndexError):
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limits = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 16 << 20,
        resource.RLIMIT_NOFILE: 128,
        resource.RLIMIT_CORE: 0,
    }
    if mapped:
        limits[resource.RLIMIT_AS] = mapped + EXTRA_MEMORY
    for kind, value in limits.items():
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, value))


def enter(ruleset: int | None) -> list[str]:
    """Give up every right a candidate does not need; returns the names of the guarantees that now hold."""
    limit_resources()
    held = ["limits"]
    if not sys.platform.startswith("linux"):
        return held
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return held
    if ruleset is not None and libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0:
        held.append("files")
    if _refuse_system_calls(libc):
        held.append("processes")
    return held


# ------------------------------------------------------------------ seccomp

_ARCHITECTURES = {
    "x86_64": (0xC000003E, 56, (41, 57, 58, 59, 101, 272, 298, 308, 310, 311, 321, 322, 425)),
    "aarch64": (0xC00000B7, 220, (198, 221, 117, 97, 241, 268, 270, 271, 280, 281, 425)),
}
"""Per machine: audit number, number of clone, and the refused calls: socket, fork, vfork, execve, ptrace, unshare,
perf_event_open, setns, process_vm_readv, process_vm_writev, bpf, execveat, io_uring_setup."""
_CLONE3, _CLONE_THREAD, _X32_BIT = 435, 0x00010000, 0x40000000
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38


_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16


def _filter_program(machine: str) -> bytes | None:
    """The filter as BPF: (label, operation, operand, label if true, label if false)."""
    known = _ARCHITECTURES.get(machine)
    if known is None:
        return None
    audit, clone, refused = known
    steps: list[tuple[str, int, int, str, str]] = [
        ("", _LOAD, _ARCHITECTURE, "", ""),
        ("", _IF_EQUAL, audit, "", "refuse"),
        ("", _LOAD, _NUMBER, "", ""),
        ("", _IF_AT_LEAST, _X32_BIT, "refuse", ""),
        ("", _IF_EQUAL, _CLONE3, "unknown", ""),  # libc then falls back to clone, whose flags can be read
        ("", _IF_EQUAL, clone, "flags", ""),
        *(("", _IF_EQUAL, number, "refuse", "") for number in refused),
        ("", _RETURN, _ALLOW, "", ""),
        ("flags", _LOAD, _FIRST_ARGUMENT, "", ""),
        ("", _IF_ANY_BIT, _CLONE_THREAD, "allow", "refuse"),
        ("allow", _RETURN, _ALLOW, "", ""),
        ("refuse", _RETURN, _ERRNO | _EPERM, "", ""),
        ("unknown", _RETURN, _ERRNO | _ENOSYS, "", ""),
    ]
    places = {label: index for index, (label, *_) in enumerate(steps) if label}

    def jump(label: str, index: int) -> int:
        return places[label] - index - 1 if label else 0

    return b"".join(
        struct.pack("=HBBI", operation, jump(yes, index), jump(no, index), operand)
        for index, (_, operation, operand, yes, no) in enumerate(steps)
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _refuse_system_calls(libc: ctypes.CDLL) -> bool:
    program = _filter_program(platform.machine())
    if program is None:
        return False
    buffer = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    return int(libc.prctl(_PR_SET_SECCOMP, 2, ctypes.byref(described), 0, 0)) == 0
