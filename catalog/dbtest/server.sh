#!/bin/sh
# server.sh postgres|mariadb
#
# Starts a private throw-away database server in a new temporary folder, on a free
# port of 127.0.0.1, prints its address on one line, and serves until its standard
# input ends, as it does when the one who started it is gone, however. Then it
# stops the server and removes the folder. Nothing is durable: fsync is off.
# When no server can be had it says why in one line on standard error and exits 3.
set -eu

refuse() {
	echo "$1" >&2
	exit 3
}

# Servers refuse to run as root, so root lends them an account without rights.
user=
if [ "$(id -u)" = 0 ]; then
	for account in "$([ "$1" = postgres ] && echo postgres || echo mysql)" nobody; do
		[ -n "$user" ] || ! id "$account" >/dev/null 2>&1 || user=$account
	done
	[ -n "$user" ] || refuse "no account to run a server as"
	command -v setpriv >/dev/null || refuse "root cannot start a server without setpriv"
fi
# as runs a program under that account, in place of this shell.
as() {
	export HOME="$dir" TMPDIR="$dir/run"
	if [ -n "$user" ]; then
		exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
	fi
	exec "$@"
}

secret() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
# Below the range from which the system hands out ports by itself.
port() { echo $((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000)); }

dir=$(mktemp -d "${TMPDIR:-/tmp}/waymark-$1.XXXXXX")
server=
finish() {
	trap - EXIT
	if [ -n "$server" ]; then
		kill "-$stop" "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP
chmod 711 "$dir"
mkdir "$dir/data" "$dir/run"
[ -z "$user" ] || chown "$user" "$dir" "$dir/data" "$dir/run"
password=$(secret)
(umask 077 && : >"$dir/secret")
[ -z "$user" ] || chown "$user" "$dir/secret"

# started waits until the server says that it is ready, or is gone.
started() {
	for _ in $(seq 600); do
		kill -0 "$server" 2>/dev/null || return 1
		! grep -q "$ready" "$dir/log" || return 0
		sleep 0.05
	done
	return 1
}

prepare_postgres() {
	bin=$(dirname "$(readlink -f "$(command -v postgres || true)")")
	for found in /usr/lib/postgresql/*/bin; do
		[ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] || bin=$found
	done
	[ -x "$bin/initdb" ] || refuse "no PostgreSQL server; install the package postgresql"
	stop=INT # its fast shutdown
	ready='database system is ready to accept connections'
	echo "$password" >"$dir/secret"
	(as "$bin/initdb" -D "$dir/data" -U waymark --pwfile="$dir/secret" -A scram-sha-256 \
		-E UTF8 --locale=C --no-sync --no-instructions) >"$dir/log" 2>&1
}
serve_postgres() {
	as "$bin/postgres" -D "$dir/data" -p "$1" -c listen_addresses=127.0.0.1 \
		-c unix_socket_directories= -c fsync=off -c full_page_writes=off -c max_connections=200 \
		-c shared_buffers=64MB -c shared_preload_libraries=pg_stat_statements
}
address_postgres() { echo "postgres://waymark:$password@127.0.0.1:$1/postgres?sslmode=disable"; }

prepare_mariadb() {
	PATH=$PATH:/usr/sbin
	command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null && command -v my_print_defaults >/dev/null ||
		refuse "no MariaDB server; install the packages mariadb-server-core and mariadb-client-core"
	stop=KILL # there is nothing to save
	ready='ready for connections'
	cat >"$dir/secret" <<-END
		create user 'waymark'@'127.0.0.1' identified by '$password';
		grant all privileges on *.* to 'waymark'@'127.0.0.1' with grant option;
	END
	(as mariadb-install-db --no-defaults --datadir="$dir/data" --skip-test-db --skip-name-resolve) >"$dir/log" 2>&1
}
serve_mariadb() {
	as mariadbd --no-defaults --datadir="$dir/data" --port="$1" --bind-address=127.0.0.1 \
		--socket="$dir/run/s.sock" --pid-file="$dir/run/pid" --init-file="$dir/secret" \
		--skip-name-resolve --skip-networking=0 --character-set-server=utf8mb4 \
		--innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=64M \
		--log-output=TABLE --general-log=0
}
address_mariadb() { echo "waymark:$password@tcp(127.0.0.1:$1)/mysql"; }

case ${1:-} in
postgres | mariadb) ;;
*) refuse "usage: server.sh postgres|mariadb" ;;
esac
"prepare_$1" || refuse "$1: $(grep -i -m 1 error "$dir/log" || tail -n 1 "$dir/log")"
for _ in 1 2 3 4 5; do # a port may be taken
	at=$(port)
	: >"$dir/log"
	("serve_$1" "$at") >>"$dir/log" 2>&1 </dev/null &
	server=$!
	if started; then
		"address_$1" "$at"
		cat >/dev/null # until our standard input ends
		exit 0
	fi
	kill -KILL "$server" 2>/dev/null || true
	wait "$server" 2>/dev/null || true
	server=
done
refuse "$1 does not start: $(tail -n 1 "$dir/log")"
