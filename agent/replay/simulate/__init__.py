"""Simulated people with a hidden taste, who talk to the agent and so measure it."""
