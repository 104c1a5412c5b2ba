#!/bin/bash
# Run once by the postgres image, when its volume is empty: the two roles and the database.
# vbc_owner makes tables and triggers (migrate); vbc_app is what the site runs as, and is granted
# table by table what it may do, so that it can never change the audit.
set -euo pipefail

: "${VBC_OWNER_PASSWORD:?the password of the role that owns the tables}"
: "${VBC_APP_PASSWORD:?the password of the role that the site runs as}"

# Passwords go in by standard input: an argument could be read in the list of processes.
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv owner_password VBC_OWNER_PASSWORD
\getenv app_password VBC_APP_PASSWORD
CREATE ROLE vbc_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE vbc_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
CREATE DATABASE vbc OWNER vbc_owner;
REVOKE ALL ON DATABASE vbc FROM PUBLIC;
GRANT CONNECT ON DATABASE vbc TO vbc_app;
SQL
