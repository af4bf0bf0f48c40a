"""A seccomp filter for workers: nothing that reaches beyond the process (Linux).

Landlock decides about files and TCP. It does not know modes and owners of files, datagrams between named
sockets, memory that is nobody's, other processes' priorities: those calls are refused here.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from dataclasses import dataclass

_PR_SET_SECCOMP, _FILTER_MODE = 22, 2
_PR_SET_PDEATHSIG = 1
_SET_FILTER, _EVERY_THREAD = 1, 1
_SOCK_STREAM, _SOCKET_TYPE_MASK = 1, 0xF

_REFUSED = {  # name: number on x86_64, on aarch64; 0 where there is none
    # processes and programs
    "fork": (57, 0), "vfork": (58, 0), "execve": (59, 221), "execveat": (322, 281),
    "unshare": (272, 97), "setns": (308, 268), "perf_event_open": (298, 241), "bpf": (321, 280),
    "io_uring_setup": (425, 425), "userfaultfd": (323, 282),
    # other processes: their memory, descriptors, signals, priorities
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "move_pages": (279, 239), "migrate_pages": (256, 238),
    "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424), "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "setpriority": (141, 140),
    "sched_setparam": (142, 118), "sched_setscheduler": (144, 119), "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122), "ioprio_set": (251, 30),
    # sockets
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200),
    # memory that counts for nobody, or outlives the process
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "fallocate": (285, 47),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # modes, owners, times and attributes of files
    "chmod": (90, 0), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, 0),
    "fchown": (93, 55), "lchown": (94, 0), "fchownat": (260, 54), "utime": (132, 0), "utimes": (235, 0),
    "futimesat": (261, 0), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "setxattrat": (463, 463), "removexattrat": (466, 466), "file_setattr": (469, 469),
}  # fmt: skip
_OWN_ONLY = {"kill": (62, 129), "tgkill": (234, 131), "prlimit64": (302, 261)}
"""Allowed on the process itself."""


@dataclass(frozen=True)
class _Machine:
    """One processor family.

    Attributes:
        audit: how the kernel names it.
        column: of the tables above.
        clone: allowed for threads only.
        prctl: allowed but for the wish to outlive the parent.
        socketpair: allowed for streams only; a pair of datagram sockets can send to any named one.
    """

    audit: int
    column: int
    clone: int
    prctl: int
    socketpair: int
    seccomp: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 0, clone=56, prctl=157, socketpair=53, seccomp=317),
    "aarch64": _Machine(0xC00000B7, 1, clone=220, prctl=167, socketpair=199, seccomp=277),
}
_CLONE3, _CLONE_THREAD, _X32_BIT = 435, 0x00010000, 0x40000000
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EPERM, _ENOSYS = 1, 38

_LOAD, _AND, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def refuse_system_calls(libc: ctypes.CDLL, every_thread: bool = False) -> bool:
    """Enter the filter, for good; False where this machine or kernel has none.

    Args:
        every_thread: put all threads of the process under it, and let none be started any more.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = _filter_program(machine, os.getpid(), threads=not every_thread)
    buffer = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if every_thread:
        return int(libc.syscall(machine.seccomp, _SET_FILTER, _EVERY_THREAD, ctypes.byref(described))) == 0
    return int(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(described), 0, 0)) == 0


def _filter_program(machine: _Machine, own: int, threads: bool = True) -> bytes:
    """The filter as BPF: (label, operation, operand, label if true, label if false)."""
    steps: list[tuple[str, int, int, str, str]] = [
        ("", _LOAD, _ARCHITECTURE, "", ""),
        ("", _IF_EQUAL, machine.audit, "", "refuse"),
        ("", _LOAD, _NUMBER, "", ""),
        ("", _IF_AT_LEAST, _X32_BIT, "refuse", ""),
        ("", _IF_EQUAL, _CLONE3, "unknown", ""),  # libc then falls back to clone, whose flags can be read
        ("", _IF_EQUAL, machine.clone, "flags", ""),
        ("", _IF_EQUAL, machine.prctl, "option", ""),
        ("", _IF_EQUAL, machine.socketpair, "type", ""),
        *(("", _IF_EQUAL, number, "target", "") for number in _numbers(_OWN_ONLY, machine)),
        *(("", _IF_EQUAL, number, "refuse", "") for number in _numbers(_REFUSED, machine)),
        ("", _RETURN, _ALLOW, "", ""),
        ("flags", _LOAD, _FIRST_ARGUMENT, "", ""),
        ("", _IF_ANY_BIT, _CLONE_THREAD if threads else 0, "allow", "refuse"),
        ("option", _LOAD, _FIRST_ARGUMENT, "", ""),
        ("", _IF_EQUAL, _PR_SET_PDEATHSIG, "refuse", "allow"),
        ("type", _LOAD, _SECOND_ARGUMENT, "", ""),
        ("", _AND, _SOCKET_TYPE_MASK, "", ""),
        ("", _IF_EQUAL, _SOCK_STREAM, "allow", "refuse"),
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


def _numbers(calls: dict[str, tuple[int, int]], machine: _Machine) -> list[int]:
    return [number[machine.column] for number in calls.values() if number[machine.column]]
