"""The question to PostgreSQL's catalog that tells what a schema is, line by line."""

LINES = """
WITH tables AS (
    SELECT oid, relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
), lines AS (
    SELECT tables.relname, 1 AS part, attnum AS place, '' AS name, concat_ws(' ',
        attname,
        format_type(atttypid, atttypmod),
        CASE WHEN attnotnull THEN 'NOT NULL' END,
        CASE attgenerated WHEN 's' THEN 'GENERATED' WHEN '' THEN 'DEFAULT' END
            || ' ' || pg_get_expr(adbin, adrelid)
    ) AS line
    FROM tables
    JOIN pg_attribute ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  UNION ALL
    SELECT tables.relname, 2, 0, conname, conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
    FROM tables JOIN pg_constraint ON conrelid = tables.oid AND contype <> 'n'
  UNION ALL
    SELECT tables.relname, 3, 0, index.relname,
        index.relname || ' '
            || regexp_replace(pg_get_indexdef(index.oid), 'CREATE (.*INDEX) \\S+ ON \\S+', '\\1')
    FROM tables
    JOIN pg_index ON indrelid = tables.oid
    JOIN pg_class AS index ON index.oid = indexrelid
    WHERE NOT EXISTS (
        SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u')
    )
  UNION ALL
    SELECT tables.relname, 4, 0, tgname, pg_get_triggerdef(pg_trigger.oid)
    FROM tables JOIN pg_trigger ON tgrelid = tables.oid AND NOT tgisinternal
)
SELECT relname, line FROM lines
ORDER BY relname COLLATE "C", part, place, name COLLATE "C"
"""
"""The columns in their order; then constraints, indexes that no constraint made, and triggers."""
