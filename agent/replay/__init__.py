"""Scripted dialogues: played live against the agent, checked by rules, reported with statistics."""
