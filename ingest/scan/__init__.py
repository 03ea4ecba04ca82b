"""A picture of a page: where its type is, what it says, and what is drawn beside it."""
