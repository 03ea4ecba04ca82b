"""The web page: questions on the left, the reports' own words on the right."""

import os

# Read by Gradio when it is first imported, and only this exact spelling turns its telemetry off.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
