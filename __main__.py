"""``python -m moodreel`` is the command ``moodreel``."""

from .agent.channels.terminal import main

main()
