# Sourced by the scripts of this folder: where the project is, and how its JDK and Maven get there.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SELF=$(basename "$0")

say() { printf '%s: %s\n' "$SELF" "$*"; }
fail() { printf '%s: %s\n' "$SELF" "$*" >&2; exit 1; }

# java_feature JAVA_HOME: the feature number of a JDK (one with a compiler), nothing if it is none
java_feature() {
    [ -x "$1/bin/javac" ] && "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

# find_jdk FEATURE: prints the home of a JDK of that feature number: JAVA_HOME_<feature>, JAVA_HOME, /usr/lib/jvm, java on PATH
find_jdk() {
    local wanted=$1 variable="JAVA_HOME_$1" home on_path
    on_path=$(command -v java || true)
    for home in "${!variable:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* \
        "${on_path:+$(dirname "$(dirname "$(readlink -f "${on_path:-/}")")")}"; do
        if [ -n "$home" ] && [ "$(java_feature "$home")" = "$wanted" ]; then
            printf '%s\n' "$home"
            return
        fi
    done
}

# install_missing PACKAGE...: installs Debian packages as root or by sudo, or prints the line to run and stops
install_missing() {
    [ $# -gt 0 ] || return 0
    local install="apt-get install -y --no-install-recommends $*"
    if ! command -v apt-get >/dev/null; then
        fail "missing: $*; this is no Debian, so please install them in your system's way"
    fi
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
            fail "missing: $*; please run:  sudo sh -c 'apt-get update && $install'"
        fi
        as_root=(sudo -n)
    fi
    say "installing $*"
    "${as_root[@]}" apt-get update -qq >/dev/null || say "apt-get update failed; trying with the lists that are there"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $install -qq </dev/null >/dev/null ||
        fail "could not install; the line was:  $install"
}

# set_up [PACKAGE=COMMAND...]: makes sure of JDK 17, Maven and the commands, and sets JAVA_HOME; where NEWER_JDK_WILL_DO is
# set, the first newer JDK is taken if there is no JDK 17
set_up() {
    local home missing=() need
    home=$(find_jdk 17)
    if [ -z "$home" ] && [ -n "${NEWER_JDK_WILL_DO:-}" ]; then
        for need in 21 25 26 27 24 23 22 20 19 18; do
            home=${home:-$(find_jdk "$need")}
        done
    fi
    [ -n "$home" ] || missing+=(openjdk-17-jdk-headless)
    for need in maven=mvn "$@"; do
        command -v "${need#*=}" >/dev/null || missing+=("${need%=*}")
    done
    install_missing "${missing[@]}"
    for need in maven=mvn "$@"; do
        command -v "${need#*=}" >/dev/null || fail "${need#*=} is still missing"
    done
    home=${home:-$(find_jdk 17)}
    [ -n "$home" ] || fail "no JDK 17 in JAVA_HOME_17, JAVA_HOME, /usr/lib/jvm or on PATH"
    export JAVA_HOME=$home
}

# maven ARGUMENT...: Maven in the project's folder (or the one of MAVEN_FOLDER), without its chatter
maven() {
    (cd "${MAVEN_FOLDER:-$ROOT}" && mvn -B -ntp "$@" </dev/null)
}
