"""The manifest from which Slack makes the app: what it shows, may do and is told."""

from __future__ import annotations

from typing import Any

import yaml

from .commands import COMMAND
from .prompts import PROMPTS

PATH = "/slack/events"
"""Where Slack sends everything, over HTTP."""

DESCRIPTION = "Finds films by mood, audience and plot"
_LONG = (
    "Say what mood you are in and what you loved before, and Moodreel finds films by mood,"
    " audience and plot, says why, and gets better with every “lighter”, “seen it” and “not that"
    " one, but the second is close”. It keeps a taste profile that you can see, change and remove."
)
_SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "im:history",
    "mpim:history",
)
_EVENTS = (
    "app_context_changed",
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
)


def manifest(url: str = "") -> dict[str, Any]:
    """What to give Slack as the app's manifest.

    Args:
        url: where Slack reaches the app over HTTPS, without the path; socket mode without.
    """
    request = {"request_url": f"{url.rstrip('/')}{PATH}"} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Moodreel",
            "description": DESCRIPTION,
            "long_description": _LONG,
            "background_color": "#2b2233",
        },
        "features": _features(request.get("request_url", "")),
        "oauth_config": {"scopes": {"bot": list(_SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(_EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def _features(address: str) -> dict[str, Any]:
    command = {
        "command": COMMAND,
        "description": DESCRIPTION,
        "usage_hint": "a funny heist film, nothing violent",
        "should_escape": True,
        **({"url": address} if address else {}),
    }
    return {
        "agent_view": {"agent_description": DESCRIPTION, "suggested_prompts": list(PROMPTS)},
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Moodreel", "always_online": True},
        "slash_commands": [command],
    }


def as_yaml(url: str = "") -> str:
    """The manifest as Slack's page takes it."""
    return str(yaml.safe_dump(manifest(url), allow_unicode=True, sort_keys=False, width=88))
