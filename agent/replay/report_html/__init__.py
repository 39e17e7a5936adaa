"""A report as one HTML file that needs nothing else: no network, no server, no script."""

from .page import report_html

__all__ = ["report_html"]
