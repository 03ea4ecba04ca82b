"""What is known of multilingual-e5-small before anything of it is loaded.

From its model card, https://huggingface.co/intfloat/multilingual-e5-small: in training every text
began with one of two words, so every text that is embedded does.
"""

NAME, LICENCE = "intfloat/multilingual-e5-small", "MIT"

DIMENSION = 384
MAX_TOKENS = 512
"""Of one pass, begin and end included."""

QUERY, PASSAGE = "query: ", "passage: "

PROMPTS = {"query": QUERY, "document": PASSAGE}
"""The same by the names that sentence-transformers has for them; all models of the family agree."""

MODULE = "store.embedders._e5_module.E5Module"
"""What modules.json names in a folder that a SentenceTransformer around our engine was saved to."""

GRAPH, PIECES = "model.onnx", "pieces.json"
"""The files of a conversion: the network with its weights, and what text is cut into."""
