"""Views of documents, one module for each thing that somebody does with them."""
