"""A bot for Slack, with the tokens of docs/slack.md. Run it with: python examples/slack_bot.py"""

import asyncio

from moodreel import MovieAgent
from moodreel.agent.channels.slack import make_slack_app, serve


async def main() -> None:
    async with await MovieAgent.open() as agent:
        await serve(make_slack_app(agent))


if __name__ == "__main__":
    asyncio.run(main())
