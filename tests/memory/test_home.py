from __future__ import annotations

from pathlib import Path

import pytest

from llmprep.memory import home as folders
from llmprep.memory.problems import MemoryProblem


def test_asking_for_paths_makes_nothing(home: Path) -> None:
    assert folders.learner_home() == home
    assert folders.database_path() == home / "progress.db"
    assert folders.config_path() == home / "config.toml"
    assert not home.parent.exists()


def test_asking_for_a_folder_makes_it(home: Path) -> None:
    assert folders.practice_folder() == home / "practice"
    assert folders.notes_folder() == home / "notes"
    assert (home / "practice").is_dir() and (home / "notes").is_dir()


@pytest.mark.parametrize("chosen", ["", None])
def test_the_default_is_in_the_users_home(
    chosen: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    if chosen is None:
        monkeypatch.delenv("LLMPREP_HOME")
    else:
        monkeypatch.setenv("LLMPREP_HOME", chosen)
    assert folders.learner_home() == tmp_path / "llmprep"


def test_tilde_and_relative_homes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LLMPREP_HOME", "~/study")
    assert folders.learner_home() == tmp_path / "study"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLMPREP_HOME", "here")
    assert folders.learner_home() == tmp_path / "here"


def test_a_file_in_the_way_is_a_problem_with_its_path(home: Path) -> None:
    home.parent.mkdir()
    home.write_text("not a folder")
    with pytest.raises(MemoryProblem) as caught:
        folders.practice_folder()
    assert caught.value.kind == "home-unwritable"
    assert caught.value.path == home / "practice"
    assert home.read_text() == "not a folder"


def test_replacing_text_keeps_links_permissions_and_leaves_no_scraps(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "config.toml"
    real.parent.mkdir()
    real.write_text("old")
    real.chmod(0o600)
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    folders.replace_text(link, "因为\r\n")
    assert link.is_symlink()
    assert real.read_bytes() == "因为\r\n".encode()
    assert real.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in real.parent.iterdir()] == ["config.toml"]


def test_a_text_that_cannot_be_replaced_stays(tmp_path: Path) -> None:
    target = tmp_path / "config.toml"
    target.mkdir()
    with pytest.raises(MemoryProblem) as caught:
        folders.replace_text(target, "new")
    assert caught.value.kind == "home-unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]
