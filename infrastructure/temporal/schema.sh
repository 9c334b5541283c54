#!/bin/sh
# Creates Temporal's two databases where they are missing, and brings their schemas up to the version of this tool.
# Safe to run again: it does so at every start. The SQL_* variables say where PostgreSQL is; each database has its name in
# DBNAME and VISIBILITY_DBNAME.
set -eu

update() {
    export SQL_DATABASE="$1"
    temporal-sql-tool create-database
    if ! temporal-sql-tool update-schema --schema-name "postgresql/v12/$2" 2>/dev/null; then
        temporal-sql-tool setup-schema --version 0.0 # a new database knows no version yet
        temporal-sql-tool update-schema --schema-name "postgresql/v12/$2"
    fi
}

update "$DBNAME" temporal
update "$VISIBILITY_DBNAME" visibility
echo "The schemas of $DBNAME and $VISIBILITY_DBNAME are up to date."
