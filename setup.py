"""What setup.cfg cannot say: the manual pages, made of the commands as the package is built."""

from __future__ import annotations

import sys
from pathlib import Path

from setuptools import setup

sys.path.insert(0, str(Path(__file__).parent / "docs"))

from manual import write

setup(data_files=[("share/man/man1", write("man"))])
