"""A bot for Discord, with the token of docs/discord.md: python examples/discord_bot.py"""

import asyncio
import os

from moodreel import MovieAgent
from moodreel.agent.channels.discord.bot import make_discord_bot


async def main() -> None:
    async with await MovieAgent.open() as agent, make_discord_bot(agent) as bot:
        await bot.start(os.environ["MOODREEL_DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
