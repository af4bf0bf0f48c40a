"""A seccomp filter for workers: no new processes or programs, no sockets, no signals to others (Linux)."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from dataclasses import dataclass

_PR_SET_SECCOMP, _FILTER_MODE = 22, 2


@dataclass(frozen=True)
class _Machine:
    """Numbers of one processor family.

    Attributes:
        audit: how the kernel names it.
        clone: allowed for threads only.
        refused: socket, fork, vfork, execve, execveat, ptrace, unshare, setns, process_vm_readv,
            process_vm_writev, perf_event_open, bpf, io_uring_setup, userfaultfd, tkill, rt_sigqueueinfo,
            rt_tgsigqueueinfo, pidfd_send_signal, pidfd_getfd.
        own_only: kill, tgkill, prlimit64: allowed on the process itself.
    """

    audit: int
    clone: int
    refused: tuple[int, ...]
    own_only: tuple[int, ...]


_MACHINES = {
    "x86_64": _Machine(
        0xC000003E,
        56,
        (41, 57, 58, 59, 322, 101, 272, 308, 310, 311, 298, 321, 425, 323, 200, 129, 297, 424, 438),
        (62, 234, 302),
    ),
    "aarch64": _Machine(
        0xC00000B7,
        220,
        (198, 221, 281, 117, 97, 268, 270, 271, 241, 280, 425, 282, 130, 138, 240, 424, 438),
        (129, 131, 261),
    ),
}
_CLONE3, _CLONE_THREAD, _X32_BIT = 435, 0x00010000, 0x40000000
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38

_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def refuse_system_calls(libc: ctypes.CDLL) -> bool:
    """Enter the filter, for good; False where this machine or kernel has none."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = _filter_program(machine, os.getpid())
    buffer = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    return int(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(described), 0, 0)) == 0


def _filter_program(machine: _Machine, own: int) -> bytes:
    """The filter as BPF: (label, operation, operand, label if true, label if false)."""
    steps: list[tuple[str, int, int, str, str]] = [
        ("", _LOAD, _ARCHITECTURE, "", ""),
        ("", _IF_EQUAL, machine.audit, "", "refuse"),
        ("", _LOAD, _NUMBER, "", ""),
        ("", _IF_AT_LEAST, _X32_BIT, "refuse", ""),
        ("", _IF_EQUAL, _CLONE3, "unknown", ""),  # libc then falls back to clone, whose flags can be read
        ("", _IF_EQUAL, machine.clone, "flags", ""),
        *(("", _IF_EQUAL, number, "target", "") for number in machine.own_only),
        *(("", _IF_EQUAL, number, "refuse", "") for number in machine.refused),
        ("", _RETURN, _ALLOW, "", ""),
        ("flags", _LOAD, _FIRST_ARGUMENT, "", ""),
        ("", _IF_ANY_BIT, _CLONE_THREAD, "allow", "refuse"),
        ("target", _LOAD, _FIRST_ARGUMENT, "", ""),
        ("", _IF_EQUAL, own, "allow", ""),
        ("", _IF_EQUAL, 0, "allow", "refuse"),  # its own group, and prlimit64's word for "myself"
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
