"""A bot in the terminal. Run it with: python examples/terminal_bot.py"""

import sys

from moodreel import MovieAgent

with MovieAgent.open_sync() as agent:
    print("What are you in the mood for?", flush=True)
    for line in filter(str.strip, sys.stdin):
        print(agent.send_sync(line).text, flush=True)
