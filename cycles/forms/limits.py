"""How long a text may be, in characters."""

from django.core.validators import MaxLengthValidator

# Some two pages; what is left is counted below the box.
MOST = 4_000
# Some eight pages, for what is rightly long. A validator, as `max_length` would count down.
at_most_long = MaxLengthValidator(20_000)
