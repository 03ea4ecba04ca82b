"""From printed lines on a page to lines in reading order: what PDF pages and scans share."""
