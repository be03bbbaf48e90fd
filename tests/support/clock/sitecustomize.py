"""Sets the clock of a process that a transcript starts: Python loads this file by itself."""

import os
from datetime import datetime

import time_machine

time_machine.travel(datetime.fromisoformat(os.environ["TRANSCRIPT_TIME"]), tick=False).start()
