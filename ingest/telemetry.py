"""Libraries that report to their makers unless they are told not to before they are loaded."""

from __future__ import annotations

import os


def no_reports() -> None:
    """Have onnxruntime and Hugging Face's hub, imported after this, report nothing to anybody.

    From 1.29 on onnxruntime gives every machine a lasting id, keeps a list of what is run in the
    user's cache folder, and sends it to Microsoft.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
