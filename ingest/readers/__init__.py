"""One file per format, named as ingest/detect.py names the format; see ingest.ports.Reader."""
