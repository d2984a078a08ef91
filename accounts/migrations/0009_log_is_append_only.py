"""The database itself refuses a change of the log, and taking away what is younger than 28 days.

Four weeks is the shortest month, and a month the shortest term that a STEK may keep its log; so the
retention of every STEK passes, and nothing recent can go. A rebuild of the table on SQLite drops
its triggers: whoever alters it makes them again, and the start check says when they are missing.
"""

from django.db import migrations

ON_POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION stek_log_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.at < now() - interval '28 days' THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER log_stays BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION stek_log_stays()
    """,
    """
    CREATE TRIGGER log_is_not_emptied BEFORE TRUNCATE ON accounts_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION stek_log_stays()
    """,
)
BACK_ON_POSTGRESQL = (
    "DROP TRIGGER log_is_not_emptied ON accounts_auditevent",
    "DROP TRIGGER log_stays ON accounts_auditevent",
    "DROP FUNCTION stek_log_stays()",
)
# Times are stored as text in UTC, "2026-11-26 08:46:27.000001", which sorts as time does.
ON_SQLITE = (
    """
    CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON accounts_auditevent
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
    """
    CREATE TRIGGER log_stays BEFORE DELETE ON accounts_auditevent
    WHEN OLD.at >= datetime('now', '-28 days')
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER log_is_not_replaced BEFORE INSERT ON accounts_auditevent
    WHEN EXISTS (SELECT 1 FROM accounts_auditevent WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
)
BACK_ON_SQLITE = (
    "DROP TRIGGER log_is_not_replaced",
    "DROP TRIGGER log_stays",
    "DROP TRIGGER log_is_not_changed",
)


def guard(apps, schema_editor):
    _run(schema_editor, ON_SQLITE, ON_POSTGRESQL)


def unguard(apps, schema_editor):
    _run(schema_editor, BACK_ON_SQLITE, BACK_ON_POSTGRESQL)


def _run(schema_editor, on_sqlite, on_postgresql):
    on = {"sqlite": on_sqlite, "postgresql": on_postgresql}
    for statement in on[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_log_by_reader")]

    operations = [migrations.RunPython(guard, unguard)]
