"""The backstop of the panel rule: a sitting panel that falls below its minimum of active service
users is paused by the database itself, whichever way it happened. It never refuses a departure.

The rule's home is `stakeholders/services/seats.py`; this catches what goes round it. The count is
the same as `SeatQuerySet.counting_as_service_users`, and a test compares the two.
"""

from collections.abc import Iterator

PANEL = "stakeholders_panel"
PAUSE = "stakeholders_panelpause"
SEAT = "stakeholders_seat"
USER = "stakeholders_user"

# {panel} is the id of the panel; booleans are compared in a way both databases understand.
_COUNT = f"""
    (SELECT count(*) FROM {SEAT} s JOIN {USER} u ON u.id = s.user_id
      WHERE s.panel_id = {{panel}} AND s.status = 'active' AND s.perspective = 'service_user'
        AND NOT s.is_employed_by_affected_body AND u.is_active)
"""


def statements(vendor: str, existing: set[str]) -> Iterator[str]:
    if not {PANEL, PAUSE, SEAT, USER} <= existing:
        return
    yield from _postgresql() if vendor == "postgresql" else _sqlite()


def _postgresql() -> Iterator[str]:
    # Whoever departs writes the panel's row, and its own trigger then counts. Whoever waits for the
    # row counts afterwards, with a fresh snapshot, so two leaving at once cannot both count the
    # other. A lock would do for that; but whoever asked for REPEATABLE READ keeps the snapshot of
    # before, and only a row that was written since makes them fail and try again.
    yield f"""
        CREATE OR REPLACE FUNCTION vbc_pause_if_alone(panel bigint) RETURNS void
        LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE {PANEL} p SET status = p.status WHERE p.id = panel;
        END $$
    """
    yield """
        CREATE OR REPLACE FUNCTION vbc_seat_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM vbc_pause_if_alone(OLD.panel_id);
            IF TG_OP = 'UPDATE' AND NEW.panel_id <> OLD.panel_id THEN
                PERFORM vbc_pause_if_alone(NEW.panel_id);
            END IF;
            RETURN NULL;
        END $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION vbc_user_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM vbc_pause_if_alone(s.panel_id) FROM {SEAT} s
              WHERE s.user_id = NEW.id AND s.left_at IS NULL ORDER BY s.panel_id;
            IF TG_OP = 'UPDATE' AND NEW.id <> OLD.id THEN
                PERFORM vbc_pause_if_alone(s.panel_id) FROM {SEAT} s
                  WHERE s.user_id = OLD.id AND s.left_at IS NULL ORDER BY s.panel_id;
            END IF;
            RETURN NULL;
        END $$
    """
    yield f"""
        CREATE OR REPLACE FUNCTION vbc_panel_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.status = 'sitting' THEN
                UPDATE {PANEL} p SET status = 'paused'
                 WHERE p.id = NEW.id AND p.status = 'sitting'
                   AND {_COUNT.format(panel="p.id")} < p.minimum_service_users;
                UPDATE {PAUSE} SET ended_at = clock_timestamp()
                 WHERE panel_id = NEW.id AND ended_at IS NULL
                   AND (SELECT p.status FROM {PANEL} p WHERE p.id = NEW.id) = 'sitting';
            ELSIF NEW.status = 'paused' THEN
                INSERT INTO {PAUSE} (panel_id, began_at)
                SELECT NEW.id, clock_timestamp()
                 WHERE NOT EXISTS
                    (SELECT 1 FROM {PAUSE} q WHERE q.panel_id = NEW.id AND q.ended_at IS NULL);
            END IF;
            RETURN NULL;
        END $$
    """
    yield (
        f"CREATE TRIGGER vbc_seat_changed AFTER UPDATE OR DELETE ON {SEAT} "
        "FOR EACH ROW EXECUTE FUNCTION vbc_seat_changed()"
    )
    yield (
        # Only where it did change: a new password, saved with everything else, locks no panel. The
        # key too, because a closed account can take that of another.
        f"CREATE TRIGGER vbc_user_changed AFTER UPDATE OF id, is_active ON {USER} FOR EACH ROW "
        "WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active OR OLD.id <> NEW.id) "
        "EXECUTE FUNCTION vbc_user_changed()"
    )
    yield (
        # In place of one that was deleted in the same transaction.
        f"CREATE TRIGGER vbc_user_added AFTER INSERT ON {USER} FOR EACH ROW "
        "WHEN (NOT NEW.is_active) EXECUTE FUNCTION vbc_user_changed()"
    )
    yield (
        f"CREATE TRIGGER vbc_panel_changed AFTER INSERT OR UPDATE ON {PANEL} "
        "FOR EACH ROW EXECUTE FUNCTION vbc_panel_changed()"
    )


def _sqlite() -> Iterator[str]:
    # SQLite has one writer at a time (transactions begin IMMEDIATE), so there is nothing to lock.
    def pause(where: str) -> str:
        return f"""
            UPDATE {PANEL} SET status = 'paused'
             WHERE {where} AND status = 'sitting'
               AND {_COUNT.format(panel=PANEL + ".id")} < minimum_service_users;
        """

    yield (
        f"CREATE TRIGGER vbc_seat_deleted AFTER DELETE ON {SEAT} BEGIN "
        f"{pause(f'{PANEL}.id = OLD.panel_id')} END"
    )
    yield (
        # Not `UPDATE OF`: a key has more than one name here.
        f"CREATE TRIGGER vbc_user_changed AFTER UPDATE ON {USER} "
        "WHEN OLD.is_active IS NOT NEW.is_active OR OLD.id <> NEW.id BEGIN "
        + pause(
            f"{PANEL}.id IN (SELECT panel_id FROM {SEAT} "
            "WHERE user_id IN (OLD.id, NEW.id) AND left_at IS NULL)"
        )
        + " END"
    )
    # REPLACE fires no trigger of the row that it writes over, so every panel that sits is counted.
    for name, event in (("vbc_seat_added", "INSERT"), ("vbc_seat_changed", "UPDATE")):
        yield f"CREATE TRIGGER {name} AFTER {event} ON {SEAT} BEGIN {pause('TRUE')} END"
    yield (
        f"CREATE TRIGGER vbc_user_added AFTER INSERT ON {USER} WHEN NOT NEW.is_active BEGIN "
        f"{pause('TRUE')} END"
    )
    ended = f"""
        UPDATE {PAUSE} SET ended_at = max(began_at, strftime('%Y-%m-%d %H:%M:%f', 'now'))
         WHERE panel_id = NEW.id AND ended_at IS NULL
           AND (SELECT status FROM {PANEL} WHERE id = NEW.id) = 'sitting';
    """
    for name, event in (
        ("vbc_panel_changed", "UPDATE OF status, minimum_service_users"),
        ("vbc_panel_added", "INSERT"),
    ):
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON {PANEL} WHEN NEW.status = 'sitting' BEGIN "
            f"{pause(f'{PANEL}.id = NEW.id')} {ended} END"
        )
    # A panel that has nobody yet is on its way to another key, and nobody is alone in it.
    has_people = f"EXISTS (SELECT 1 FROM {SEAT} WHERE panel_id = {PANEL}.id)"
    yield (
        f"CREATE TRIGGER vbc_panel_moved AFTER UPDATE ON {PANEL} WHEN OLD.id <> NEW.id BEGIN "
        f"{pause(f'{PANEL}.id = NEW.id AND {has_people}')} END"
    )
    yield f"""
        CREATE TRIGGER vbc_panel_paused AFTER UPDATE OF status ON {PANEL}
        WHEN NEW.status = 'paused' BEGIN
            INSERT INTO {PAUSE} (panel_id, began_at)
            SELECT NEW.id, strftime('%Y-%m-%d %H:%M:%f', 'now')
             WHERE NOT EXISTS
                (SELECT 1 FROM {PAUSE} q WHERE q.panel_id = NEW.id AND q.ended_at IS NULL);
        END
    """
