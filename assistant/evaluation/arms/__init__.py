"""What is measured: the assistant's own retrieval, and what others would use instead."""
