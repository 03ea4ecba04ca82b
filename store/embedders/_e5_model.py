"""What is known of multilingual-e5-small before anything of it is loaded.

From its model card, https://huggingface.co/intfloat/multilingual-e5-small: in training every text
began with one of two words, so every text that is embedded does.
"""

DIMENSION = 384
MAX_TOKENS = 512
"""Of one pass, begin and end included."""

QUERY, PASSAGE = "query: ", "passage: "

GRAPH, PIECES = "model.onnx", "pieces.json"
"""The files of a conversion: the network with its weights, and what text is cut into."""
