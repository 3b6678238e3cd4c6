"""./run on machines where something is missing: a sentence, and nothing half-made."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A fresh checkout, as far as ./run gets before it fails."""
    shutil.copy(ROOT / "run", tmp_path / "run")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def run(checkout: Path, *arguments: str, python: str = sys.executable, **environment):
    return subprocess.run(
        [python, "run", *arguments],
        cwd=checkout,
        env={"PATH": "/usr/bin:/bin", "HOME": os.environ["HOME"], **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def nothing_is_half_made(checkout: Path) -> bool:
    return {path.name for path in checkout.iterdir()} == {"run", "requirements"}


def test_a_port_in_use_is_said_before_any_work(checkout):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = run(checkout, PORT=port)
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert nothing_is_half_made(checkout)


@pytest.mark.parametrize("port", ["eighty", "0", "99999"])
def test_a_port_that_is_none_is_refused(checkout, port):
    done = run(checkout, PORT=port)
    assert done.returncode == 1
    assert "should be a number such as 8000" in done.stderr


def test_an_old_python_says_so(checkout):
    """The version is told to it: an old Python need not be on this machine."""
    older = "import sys; sys.version_info = (3, 9, 2); sys.argv = ['run']; "
    older += "import runpy; runpy.run_path('run', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", older],
        cwd=checkout,
        env={"PATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.9" in done.stderr
    assert nothing_is_half_made(checkout)


def test_the_script_can_be_read_by_a_very_old_python():
    compile((ROOT / "run").read_text(), "run", "exec", dont_inherit=True)
    for newer in (":=", "match ", "f'", 'f"'):
        assert newer not in (ROOT / "run").read_text()


def test_debians_missing_venv_package_is_named(checkout):
    (checkout / "broken").mkdir()
    (checkout / "broken" / "ensurepip.py").write_text(
        "raise ImportError('no ensurepip')"
    )
    done = run(checkout, PORT="8390", PYTHONPATH=str(checkout / "broken"))
    shutil.rmtree(checkout / "broken")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert nothing_is_half_made(checkout)


def test_without_a_network_nothing_is_left(checkout):
    done = run(
        checkout, PORT="8390", PIP_CONFIG_FILE=os.devnull, PIP_NO_INDEX="1",
        PIP_NO_CACHE_DIR="1",
    )  # fmt: skip
    assert done.returncode == 1
    assert "Is this machine on the network?" in done.stderr
    assert nothing_is_half_made(checkout)


def test_reset_removes_nothing_without_a_word(checkout):
    kept = checkout / "var" / "db.sqlite3"
    kept.parent.mkdir()
    kept.write_text("kept")
    done = run(checkout, "--reset")
    assert done.returncode == 1
    assert "Nothing was removed" in done.stderr
    assert kept.exists()
    assert run(checkout, "--reset", "--yes").returncode == 0
    assert not kept.parent.exists()
