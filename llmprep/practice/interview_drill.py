"""The drill of an interview: a fresh file beside the learner's own one, no hints, a clock."""

from __future__ import annotations

from llmprep.content.catalogue import Catalogue
from llmprep.memory.home import learner_home, make_folder
from llmprep.memory.problems import from_os_error
from llmprep.memory.store import Store
from llmprep.practice.drill import DrillSession, PracticeFile, drill_files, stub_of


def begin_drill(catalogue: Catalogue, store: Store, name: str, interview: str) -> DrillSession:
    """A sitting with a drill in a file of this interview; after a break, with what stood in it.

    Raises:
        MemoryProblem: the file cannot be made.
    """
    folder = make_folder(learner_home() / "interviews" / interview[:8])
    path = folder / f"{name.replace('-', '_')}.py"
    created = False
    try:
        with path.open("xb") as file:
            file.write(stub_of(catalogue, name))
        created = True
    except FileExistsError:
        pass
    except OSError as error:
        raise from_os_error(error, path) from error
    store.record_event("visit", f"drill/{name}", {"interview": interview})
    return DrillSession(
        name, catalogue.drill(name), catalogue.mistakes(name), None, PracticeFile(path, created), store,
        drill_files(catalogue, name),
    )  # fmt: skip


def fail_drill(session: DrillSession) -> None:
    """The time is over: the card counts as forgotten, so it is due at once."""
    session.give_up()
