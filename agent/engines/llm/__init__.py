"""The engine that speaks to a language model: prompts, budget, validation, transport."""
