"""Embedders, one a file: each exports `Config` and `build` (see store.registry)."""
