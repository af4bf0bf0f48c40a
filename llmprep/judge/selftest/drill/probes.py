"""One probe per wall: did the attempt come through?"""

from llmprep.judge.probes import Tools, probe


def _attempt(name):
    def run(impl, t: Tools):
        return getattr(impl, name)()

    run.__name__ = name
    return probe(en=name.replace("_", " "), zh=name.replace("_", " "))(run)


reads_solutions = _attempt("reads_solutions")
reads_home = _attempt("reads_home")
writes_outside = _attempt("writes_outside")
sees_environment = _attempt("sees_environment")
reads_parent_memory = _attempt("reads_parent_memory")
starts_process = _attempt("starts_process")
runs_program = _attempt("runs_program")
tcp = _attempt("tcp")
udp = _attempt("udp")
signals_parent = _attempt("signals_parent")
takes_memory = _attempt("takes_memory")
uses_terminal = _attempt("uses_terminal")
