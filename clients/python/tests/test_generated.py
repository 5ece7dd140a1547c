from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_what_is_generated_is_as_it_would_be_now() -> None:
    folder = Path(__file__).parents[1]
    checked = subprocess.run([sys.executable, "-m", "generate", "--check"], cwd=folder, capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "")
