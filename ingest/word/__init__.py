"""Word files: XML cleaned of what no reader of them sees, headings told by their look."""
