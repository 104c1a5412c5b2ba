"""Every page of frameworks, what it takes, and what a member, staff and a stranger get."""

# On opening it.
OPENED = {
    "frameworks": ("", 200, 200, 200),
    "framework": ("key", 200, 200, 200),
    "switch-framework-on": ("", 403, 200, 200),  # A stranger here keeps another library.
    "framework-years": ("yearly", 200, 200, 404),
    "framework-sheet": ("sheet", 200, 200, 404),
    "framework-item": ("sheet item", 200, 200, 404),
    "answer-framework": ("sheet item", 403, 200, 404),
    "add-framework-link": ("sheet item", 403, 200, 404),
    "add-framework-item": ("sheet", 403, 200, 404),
    "edit-framework-item": ("sheet own", 403, 200, 404),
    "add-framework-note": ("sheet item", 200, 403, 404),
    "answer-framework-note": ("note", 403, 200, 404),
}
# On posting to it.
POSTED = {
    "begin-framework-year": ("yearly", 403, 302, 404),
    "framework-still-true": ("sheet item", 403, 302, 404),
    "remove-framework-link": ("sheet item link", 403, 302, 404),
    "withdraw-framework-item": ("sheet own", 403, 302, 404),
    "bring-framework-item-back": ("sheet own", 403, 302, 404),
    "switch-framework-off": ("use", 403, 302, 404),
    "withdraw-framework-note": ("note", 302, 403, 404),
}
