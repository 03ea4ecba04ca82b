"""Measuring the assistant: data sets in, figures with their intervals out."""
