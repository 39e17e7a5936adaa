"""The chat page: Gradio for what it can do, a little HTML of our own for cards and chips."""
