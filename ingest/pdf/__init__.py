"""What is seen on the pages of a PDF: its characters, its drawings, and what nobody can see."""
