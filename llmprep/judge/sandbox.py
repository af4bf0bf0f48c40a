"""What a worker may do on Linux: compute, and read Python's own files. Nothing else.

Landlock hides files (solutions, the learner's home, other processes), TCP and signals; a seccomp filter
refuses new processes, programs and sockets; resource limits bound memory, time and files; root's powers
are given up. The ruleset is built once, in the zygote, and entered by every worker. Where the kernel lacks
one of these the worker goes on without it; `enter` says which hold.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from llmprep.judge.system_calls import refuse_system_calls

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR, _TRUNCATE, _IOCTL = (1 << bit for bit in (0, 1, 2, 3, 14, 15))
_READ = _READ_FILE | _READ_DIR | _EXECUTE
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_RIGHTS_OF_VERSION = {1: 13, 2: 14, 3: 15, 4: 15}
_NEWEST_RIGHTS = 16
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CAPABILITY_VERSION = 0x20080522
_O_PATH = 0o10000000
EXTRA_MEMORY = 1 << 30
EXTRA_MEMORY_OF_RANK = 1 << 28
NETWORK_FOLDERS = ("/sys/class/net", "/sys/bus/pci/devices", "/sys/devices")
"""Where gloo looks for network devices before it takes the loopback."""
CPU_SECONDS = 20
FILE_BYTES = 4 << 20
OPEN_FILES = 128


def enter(ruleset: int | None) -> list[str]:
    """Give up every right a candidate does not need, for good.

    Args:
        ruleset: what `build_ruleset` made; it is closed.

    Returns:
        The names of the guarantees that now hold: `limits`, `powers`, `files`, `processes`.
    """
    held = enter_files(ruleset)
    if sys.platform.startswith("linux") and refuse_system_calls(_libc()):
        held.append("processes")
    return held


def enter_files(ruleset: int | None, extra_memory: int = EXTRA_MEMORY) -> list[str]:
    """The first half of `enter`: limits, powers, files; threads that are started later are inside as well."""
    held = ["limits"] if limit_resources(extra_memory) else []
    if not sys.platform.startswith("linux"):
        return held
    libc = _libc()
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return held
    if _drop_powers(libc):
        held.append("powers")
    if ruleset is not None:
        if libc.syscall(_RESTRICT_SELF, ruleset, 0) == 0:
            held.append("files")
        os.close(ruleset)
    return held


def seal() -> bool:
    """The second half for a rank, whose connections and threads exist by now: no more of either."""
    return sys.platform.startswith("linux") and refuse_system_calls(_libc(), every_thread=True)


def die_with_parent(parent: int) -> None:
    """Have the kernel end this process when its parent, process `parent`, ends."""
    if sys.platform.startswith("linux"):
        _libc().prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != parent:  # it ended before the line above
            os._exit(1)


def limit_resources(extra_memory: int = EXTRA_MEMORY) -> bool:
    """Bound memory (as address space above what is mapped now), CPU time, file sizes and open files."""
    try:
        import resource
    except ImportError:  # Windows
        return False
    mapped = 0
    with suppress(OSError, ValueError, IndexError):
        mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limits = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if mapped:
        limits[resource.RLIMIT_AS] = mapped + extra_memory
    for kind, value in limits.items():
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, value))
    return True


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _drop_powers(libc: ctypes.CDLL) -> bool:
    """Give up all capabilities: even root then is an ordinary user."""
    header = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    return int(libc.capset(header, bytes(24))) == 0


# ----------------------------------------------------------------- Landlock


def landlock_version() -> int:
    """The kernel's Landlock ABI version; 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(int(_libc().syscall(_CREATE_RULESET, None, 0, 1)), 0)


def build_ruleset(hidden: Iterable[Path], scratch: Path, network: bool = False) -> int | None:
    """A Landlock ruleset as a file descriptor: read Python's files, write `scratch`, no TCP, no signals out.

    Args:
        hidden: folders that stay out of reach although they may lie below Python's.
        network: leave TCP to the system call filter (ranks connect to each other, then enter it).
    """
    version = landlock_version()
    if version == 0:
        return None
    rights = (1 << _RIGHTS_OF_VERSION.get(version, _NEWEST_RIGHTS)) - 1
    tcp = 0b11 if version >= 4 and not network else 0
    attributes = struct.pack("=QQQ", rights, tcp, 0b11 if version >= 6 else 0)
    size = {1: 8, 2: 8, 3: 8, 4: 16, 5: 16}.get(version, len(attributes))
    libc = _libc()
    ruleset = int(libc.syscall(_CREATE_RULESET, ctypes.c_char_p(attributes), ctypes.c_size_t(size), 0))
    if ruleset < 0:
        return None
    for tree, whole in visible_trees(hidden):
        _allow(libc, ruleset, tree, (_READ if whole else _READ_DIR) & rights)
    for folder in NETWORK_FOLDERS if network else ():
        _allow(libc, ruleset, Path(folder), _READ & rights)
    _allow(libc, ruleset, scratch, rights & ~_EXECUTE)
    for device in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
        _allow(libc, ruleset, Path(device), (_FILE_RIGHTS & ~_EXECUTE) & rights)
    return ruleset


def visible_trees(hidden: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Folders of Python, its packages and the system's libraries, each with whether all of it may be read.

    A folder with something `hidden` below may only be listed (imports need that); what lies beside the
    hidden is named one by one.
    """
    roots = [sys.base_prefix, sys.prefix, "/usr", "/lib", "/lib64", "/etc", *sys.path]
    secrets = [path.resolve() for path in hidden]
    seen: set[Path] = set()
    for root in roots:
        path = Path(root)
        if root and path.exists():
            yield from _without(path.resolve(), secrets, seen)


def _without(tree: Path, secrets: list[Path], seen: set[Path]) -> Iterator[tuple[Path, bool]]:
    if tree in seen or any(tree == secret or secret in tree.parents for secret in secrets):
        return
    seen.add(tree)
    if not any(tree in secret.parents for secret in secrets):
        yield tree, True
        return
    yield tree, False
    with suppress(OSError):
        for child in sorted(tree.iterdir()):
            if not child.is_symlink():
                yield from _without(child, secrets, seen)


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
