"""Web pages, and what is written as one (Word files, e-books): from their marks to lines."""
