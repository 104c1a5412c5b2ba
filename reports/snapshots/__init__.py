"""What documents say, taken down as plain data: all that a document needs, and nothing else.

Every form of a document is made from its snapshot alone. What is not in here cannot be in the PDF,
on the web page or in the data, so what may be shown outside the panel is decided here, once.
"""
