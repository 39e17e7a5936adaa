"""Moodreel in Slack; see docs/slack.md."""

from .app import SlackApp, make_slack_app
from .launch import serve

__all__ = ["SlackApp", "make_slack_app", "serve"]
