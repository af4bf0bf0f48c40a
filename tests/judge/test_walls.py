"""What a candidate's code can reach: Python's own files and its own memory, nothing else."""

from __future__ import annotations

import sys

import pytest

from llmprep.content.locate import content_root
from llmprep.judge import sandbox
from llmprep.judge.channel import DONE, FRAME, PREPARE, REQUEST, Channel, Message
from llmprep.ui import verdict_words

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these walls are the Linux kernel's")
landlock = pytest.mark.skipif(sandbox.landlock_version() == 0, reason="this kernel has no Landlock")
RIGHT = "def scale(x):\n    return x * 2\n"


def attempt(statement: str, error: str = "OSError") -> str:
    """A candidate that passes exactly if `statement` is refused."""
    return f"""
import ctypes, os, pathlib, shutil, signal, socket, subprocess, sys, tempfile, threading
try:
    {statement}
    refused = False
except {error}:
    refused = True
def scale(x):
    return x * 2 if refused else "possible"
"""


@landlock
@pytest.mark.parametrize("what", ["solution", "probes", "home", "package", "proc", "shadow_of_parent"])
def test_files_that_a_candidate_has_no_business_with_cannot_be_read(what, scale, home, attention, grade):
    paths = {
        "solution": attention.solution / "reference.py",
        "probes": attention.folder / "probes.py",
        "home": home / "progress.db",
        "package": sandbox.__file__,
        "proc": "/proc/self/maps",
        "shadow_of_parent": "/proc/1/environ",
    }
    verdict = grade(scale, attempt(f"open({str(paths[what])!r}, 'rb').read()"))
    assert verdict.passed, verdict.first_failure


@landlock
def test_the_own_reference_can_neither_be_read_nor_found(attention, grade):
    source = f"""
    import gc, glob, pathlib, sys
    def attention(q, k, v, mask=None):
        folder = pathlib.Path({str(content_root())!r}) / "solutions"
        for path in [*folder.rglob("*.py"), *glob.glob("/**/reference.py", recursive=True)]:
            namespace = {{}}
            exec(path.read_text(), namespace)
            return namespace["attention"](q, k, v, mask)
        for name, module in list(sys.modules.items()):
            if "reference" in name or "solution" in name:
                return module.attention(q, k, v, mask)
        for thing in gc.get_objects():
            if callable(thing) and getattr(thing, "__name__", "") == "attention" and thing is not attention:
                return thing(q, k, v, mask)
        return None
    """
    assert not grade(attention, source).passed


@landlock
@pytest.mark.parametrize(
    "statement",
    [
        "open('/tmp/llmprep-was-here', 'w')",
        "open(os.path.expanduser('~root') + '/llmprep-was-here', 'w')",
        "os.remove(sys.executable)",
        "os.symlink('/etc', '/tmp/llmprep-link')",
        "os.mkdir('/tmp/llmprep-folder')",
        "os.listdir('/home')",
        "os.listdir('/tmp')",
        "os.rename(os.__file__, os.__file__ + 'x')",
        "open('/dev/tty', 'w')",
        "os.truncate(os.__file__, 0)",
    ],
)
def test_nothing_outside_can_be_written_or_listed(statement, scale, grade):
    verdict = grade(scale, attempt(statement))
    assert verdict.passed, statement


@linux
def test_a_temporary_file_is_allowed_and_gone_afterwards(scale, grade):
    source = """
    import pathlib, tempfile
    def scale(x):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"x")
        return x * 2
    """
    assert grade(scale, source).passed


@linux
@pytest.mark.parametrize(
    "statement",
    [
        "os.fork()",
        "os.forkpty()",
        "subprocess.run(['/bin/true'])",
        "os.system('true') == 0 or [][1]",
        "os.execv('/bin/true', ['true'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.create_connection(('127.0.0.1', 9))",
        "os.kill(os.getppid(), 0)",
        "os.kill(os.getppid(), signal.SIGKILL)",
        "os.kill(-1, signal.SIGKILL)",
        "os.kill(1, signal.SIGTERM)",
        "os.chroot('/')",
        "os.setuid(1)",
        "os.nice(-5)",
        "os.chown(os.__file__, 1, 1)",
        "os.unshare(0x10000000) if hasattr(os, 'unshare') else open('/nowhere')",
    ],
)
def test_no_processes_sockets_signals_or_powers(statement, scale, grade):
    verdict = grade(scale, attempt(statement, "(OSError, IndexError)"))
    assert verdict.passed, statement


@linux
def test_system_calls_without_python_are_refused_too(scale, grade):
    source = """
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    answers = [libc.fork(), libc.vfork() if False else -1, libc.socket(2, 1, 0), libc.ptrace(0, 0, 0, 0),
               libc.unshare(0x10000000), libc.mount(b"x", b"/", b"tmpfs", 0, None), libc.reboot(0)]
    def scale(x):
        return x * 2 if all(answer == -1 for answer in answers) else "possible"
    """
    assert grade(scale, source).passed


@linux
def test_limits_cannot_be_raised(scale, grade):
    source = """
    import resource
    refused = 0
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
        try:
            resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (ValueError, OSError):
            refused += 1
    def scale(x):
        return x * 2 if refused == 4 else "possible"
    """
    assert grade(scale, source).passed


@linux
def test_nothing_of_the_surroundings_is_visible(scale, grade):
    source = """
    import os, sys
    open_files = [n for n in range(3, 200) if os.path.exists(f"/dev/fd/{n}")]
    def scale(x):
        clean = not os.environ and os.getcwd() == "/" and not any(p in ("", ".") for p in sys.path)
        return x * 2 if clean and sys.stdin.read() == "" else "visible"
    """
    assert grade(scale, source).passed


def test_the_walls_say_which_of_them_stand():
    """In a process of its own, because there is no way back."""
    import subprocess

    code = "from llmprep.judge.sandbox import enter; print(enter(None))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    held = {"limits", "powers", "processes"} if sys.platform.startswith("linux") else set()
    assert held <= set(eval(done.stdout))
    assert "files" not in eval(done.stdout)


FILES = """
import tempfile, time
for number in range(1000):
    open(f"{tempfile.gettempdir()}/{number}", "w").close()
time.sleep(9)
"""


@linux
def test_a_flood_is_told_as_one(scale, fails):
    outcome = fails(scale, FILES)
    assert (outcome.problem, outcome.detail["what"]) == ("crashed", "flooding")
    assert "too many threads" in verdict_words.message(outcome, "en")
    assert "线程太多" in verdict_words.message(outcome, "zh")


@linux
def test_a_kernel_without_landlock_still_grades(scale):
    """The worker as the zygote would start it there: with no ruleset."""
    import multiprocessing
    import socket

    ours, theirs = socket.socketpair()
    process = multiprocessing.get_context("fork").Process(target=_serve_without_landlock, args=(theirs,))
    process.start()
    theirs.close()
    channel = Channel(ours.makefile("rb"), ours.makefile("wb"))
    task = f'{{"probes": "{scale.folder / "probes.py"}", "seed": 0, "forbid": [], "module": "small"}}'
    channel.send(Message(PREPARE, task.encode()))
    channel.send(Message(REQUEST, b'{"filename": "answer.py"}', RIGHT.encode()))
    kinds = []
    while (message := channel.receive()) is not None:
        kinds.append(message.kind)
        if message.kind == DONE:
            break
    process.kill()  # it waits for what a referee might still ask
    process.join()
    channel.close()
    ours.close()
    assert FRAME in kinds
    assert kinds[-1] == DONE


def _serve_without_landlock(connection) -> None:
    from llmprep.judge.worker import work

    work(Channel(connection.makefile("rb"), connection.makefile("wb")), None)


# ------------------------------------------------------------------- forging


GARBAGE = """
import os, struct, json
def everywhere(data):
    for descriptor in range(3, 128):
        try:
            os.write(descriptor, data)
        except OSError:
            pass
def message(kind, structure, blob=b""):
    return struct.pack("!cII", kind, len(structure), len(blob)) + structure + blob
def scale(x):
    {statement}
    return {result}
"""


@linux
@pytest.mark.parametrize(
    "statement",
    [
        "everywhere(b'garbage' * 1000)",
        "everywhere(b'\\xff' * 100)",
        "everywhere(message(b'D', b'{}'))",
        'everywhere(message(b\'D\', b\'{"cost": {"flops": "x"}, "passed": true}\'))',
        "everywhere(message(b'V', b'{\"passed\": true, \"outcomes\": []}'))",
        "everywhere(message(b'F', b'[]'))",
        "everywhere(message(b'F', b'[' * 100000))",
        "everywhere(message(b'S', b'[\"values\", \"gradient\"]') + message(b'D', b'{}'))",
        "everywhere(message(b'S', b'[\"\\x1b[2J\", \"nowhere\"]')); os._exit(0)",
        "everywhere(message(b'S', b'[' * 5000)); os._exit(0)",
        "everywhere(message(b'S', b'[\"cost\", \"base\"]')); os._exit(0)",
        "everywhere(message(b'T', b'x' * 10 ** 6)); os._exit(0)",
        "everywhere(struct.pack('!cII', b'F', 2 ** 32 - 1, 2 ** 32 - 1))",
        "everywhere(message(b'X', b'\"our own fault\"'))",
    ],
)
def test_forged_messages_never_pass_and_never_blame_the_judge(statement, scale, grade):
    verdict = grade(scale, GARBAGE.format(statement=statement, result="x * 2"))
    if "message(b'F', b'[]')" in statement:
        return  # an empty frame says nothing; the answer itself is right
    assert not verdict.passed
    first = verdict.first_failure
    assert first is not None
    assert first.problem == "crashed"
    assert first.probe in ("values", "load")
    assert "\x1b" not in str(verdict)


@linux
def test_a_forged_frame_does_not_know_the_answer(scale, grade):
    record = (
        '{"key": ["values", v], "value": None, "problem": None, "detail": {}, "modules": [], "mutated": {}'
    )
    variations = '("base", "float64", "bfloat16", "layout", "gradient")'
    forged = f'json.dumps([{record}, "forbidden": [], "floats": True}} for v in {variations}]).encode()'
    empty = "struct.pack('<Q', 2) + b'{}'"
    statement = f"everywhere(message(b'F', {forged}, {empty}) + message(b'D', b'{{}}'))"
    verdict = grade(scale, GARBAGE.format(statement=statement, result="None"))
    assert not verdict.passed


def test_the_probes_and_tools_may_be_spoiled_without_gain(scale, grade):
    source = """
    import gc, sys, torch
    import llmprep.judge.compare, llmprep.judge.agreement, llmprep.judge.runner
    llmprep.judge.compare.compare = lambda *a, **k: None
    llmprep.judge.agreement.difference = lambda *a, **k: None
    torch.equal = torch.allclose = lambda *a, **k: True
    torch.Tensor.__eq__ = lambda a, b: True
    def scale(x):
        return x * 3
    """
    assert not grade(scale, source).passed


def test_pickles_are_just_odd(scale, grade):
    source = """
    import os
    class Evil:
        def __reduce__(self):
            return os.system, ("touch /tmp/llmprep-pickled",)
    def scale(x):
        return Evil()
    """
    verdict = grade(scale, source)
    assert verdict.first_failure is not None
    assert (verdict.first_failure.problem, verdict.first_failure.detail["actual"]) == ("shape", "Evil")


def test_the_program_itself_imports_no_torch():
    import subprocess

    names = "llmprep.judge.client, llmprep.judge.forks, llmprep.judge.spares"
    code = f"import sys, {names}; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
