"""The three equal pillars: one order, one colour and one shape on page, in charts and in print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar as it is drawn. `shape` is a Vega mark shape as well as an SVG one."""

    key: str
    label: str
    colour: str
    shape: str


PILLARS = (
    Pillar("service_users_and_carers", "Service users and carers", "#330072", "circle"),
    Pillar("clinical", "Clinical expertise", "#005EB8", "square"),
    Pillar("evidence", "Evidence", "#006747", "triangle-up"),
)
PILLAR_BY_KEY = {pillar.key: pillar for pillar in PILLARS}
