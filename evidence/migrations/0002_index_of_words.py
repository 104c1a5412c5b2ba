from django.db import migrations


def index_words(apps, schema_editor):
    """So that words are found at once among thousands; SQLite looks through them all."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX reference_words ON evidence_reference "
            "USING gin (to_tsvector('english', search_text))"
        )


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX reference_words")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_tables")]

    operations = [migrations.RunPython(index_words, drop_index)]
