"""A line typed at the terminal: completed from the record, and read, while it is typed.

The only file that knows prompt_toolkit; it takes its time to load, so nothing imports this one
before something is asked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer, CompletionState
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import ColorDepth, create_output

from factlog.cli import screen

_MENU_LINES = 6


class _Names(Completer):
    """What may be meant by the words typed so far."""

    def __init__(self, names: Callable[[str], Iterable[str]]) -> None:
        self.names = names

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Each name in place of all that is typed; of none typed, only if they are asked for."""
        typed = document.text
        if typed.strip() or complete_event.completion_requested:
            for name in self.names(typed):
                yield Completion(name, start_position=-len(typed))


def _keys() -> KeyBindings:
    """Tab, which completes at once: what is typed behind it in one burst does not come first.

    A line is one line, whatever is pasted; what only looks like a mouse is nothing.
    """
    keys = KeyBindings()

    @keys.add("tab")
    def complete(event: KeyPressEvent) -> None:
        _complete(event.current_buffer)

    @keys.add(Keys.BracketedPaste)
    def paste(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        text = event.data.replace("\r\n", "\n").translate(dict.fromkeys(map(ord, "\r\n\t"), " "))
        if event.data.endswith("\t"):
            buffer.insert_text(text.rstrip())
            _complete(buffer)
        else:
            buffer.insert_text(text)

    keys.add(Keys.Vt100MouseEvent)(lambda _event: None)
    return keys


def _complete(buffer: Buffer) -> None:
    """Take the first name there is, or the next one after that."""
    if buffer.complete_state and buffer.complete_state.completions:
        buffer.complete_next()
        return
    asked = CompleteEvent(completion_requested=True)
    found = list(buffer.completer.get_completions(buffer.document, asked))
    if found:
        buffer.complete_state = CompletionState(buffer.document, found)
        buffer.go_to_completion(0)


def line(
    message: str,
    typed: str = "",
    names: Callable[[str], Iterable[str]] | None = None,
    note: Callable[[str], str] | None = None,
) -> str:
    """The line a person types after a message, `typed` being there already.

    `names` completes it; `note` stands at its right while there is room. Ctrl-C and Ctrl-D are
    the exceptions they are.
    """
    # Where the cursor stands is never asked: not every terminal answers.
    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
    colored = screen.color(terminal=True)

    def noted() -> str:
        over = session.app.is_done  # what stays on the screen is the line alone
        return note(session.default_buffer.text) if note and not over else ""

    session: PromptSession[str] = PromptSession(
        completer=_Names(names) if names else None,
        rprompt=noted,
        key_bindings=_keys(),
        reserve_space_for_menu=_MENU_LINES,
        color_depth=None if colored else ColorDepth.DEPTH_1_BIT,
        input=create_input(sys.stdin),
        output=create_output(sys.stderr),
    )
    return session.prompt(message, default=typed)
