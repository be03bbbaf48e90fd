"""Interactive shells on a terminal of their own: what is typed, and the line that comes of it."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

COMMANDS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
# Ctrl-X writes the line down; what is asked for is at hand.
SET_UP = {
    "bash": """
        PS1='> '
        eval "$(factlog completion bash)"
        bind -x '"\\C-x": printf "%s\\n" "$READLINE_LINE" >line.new; mv line.new line'
    """,
    "zsh": """
        PS1='> '
        eval "$(factlog completion zsh)"
        written() { print -r -- "$BUFFER" >line.new; mv line.new line }
        zle -N written; bindkey '^X' written
    """,
    "fish": """
        function fish_prompt; echo '> '; end
        factlog completion fish | source
        function written; commandline >line.new; mv line.new line; end
        bind \\cx written
    """,
}
_SAID = f"""#!{sys.executable}
import json, sys
open("said.new", "w").write(json.dumps(sys.argv[1:]))
import os; os.rename("said.new", "said")
"""


class Shell:
    """One shell in a folder, with the factlog of these tests and `say`, which keeps its words."""

    def __init__(self, name: str, folder: Path, env: dict[str, str]) -> None:
        self.folder = folder
        self.shown = b""
        tools = folder.parent / f"{folder.name}-tools"
        tools.mkdir()
        for tool, text in (
            ("factlog", f'#!/bin/sh\nexec {sys.executable} -m factlog "$@"\n'),
            ("say", _SAID),
        ):
            (tools / tool).write_text(text)
            (tools / tool).chmod(0o755)
        (tools / "set-up").write_text(SET_UP[name] + "\n: >ready\n".replace(":", "echo"))
        ours, theirs = pty.openpty()
        self._screen = ours
        self._running = subprocess.Popen(
            COMMANDS[name],
            preexec_fn=lambda: os.login_tty(theirs),  # its own terminal, as fish wants
            pass_fds=[theirs],
            cwd=folder,
            env={
                **{"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(tools), "TERM": "xterm"},
                **{"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "COLUMNS": "100", "LINES": "40"},
                **env,
            },
        )
        os.close(theirs)
        self.type(f". {tools}/set-up\r")
        self._wait("ready")

    def type(self, keys: str) -> None:
        os.write(self._screen, keys.encode())

    def line(self, typed: str) -> str:
        """The line once this and a tab have been typed."""
        self.type(f"{typed}\t\x18")
        return self._wait("line").removesuffix("\n")

    def words(self, typed: str) -> list[str]:
        """The words the shell makes of that line, when it runs it."""
        self.type(f"{typed}\t\x01say \r")
        found: list[str] = json.loads(self._wait("said"))
        return found

    def offered(self, typed: str) -> str:
        """The screen once this and tabs have been typed; the line is taken back."""
        self.shown = b""
        self.line(typed)
        self.type("\t\t\x18")
        self._wait("line")
        self.clear()
        return self.shown.decode()

    def clear(self) -> None:
        self.type("\x15")

    def _wait(self, name: str) -> str:
        """What the shell has written to this file, once it is there."""
        file, until = self.folder / name, time.monotonic() + 60
        while not file.exists():
            assert time.monotonic() < until, self.shown.decode("utf-8", "replace")[-2000:]
            self._look()
        text = file.read_text("utf-8")
        file.unlink()
        self._look()
        return text

    def _look(self) -> None:
        while select.select([self._screen], [], [], 0.02)[0]:
            try:
                self.shown += os.read(self._screen, 65536)
            except OSError:
                return

    def close(self) -> None:
        self._running.kill()
        self._running.wait()
        os.close(self._screen)
