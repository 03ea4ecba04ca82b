"""The roof: web page, web API, command line, settings and wiring."""
