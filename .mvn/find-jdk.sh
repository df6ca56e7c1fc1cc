# Sets JAVA_HOME to a JDK 25 or newer: JAVA_HOME itself if it fits, then the javac on PATH, then the
# folders that distributions and version managers use. Says what to install if there is none.
# Sourced by mvnw, which runs under `set -euf`; the globs below need `set +f` for a moment.

jdk_major() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

fits() {
  _major=$(jdk_major "$1") && [ -n "$_major" ] && [ "$_major" -ge 25 ]
}

find_jdk() {
  if [ -n "${JAVA_HOME-}" ] && fits "$JAVA_HOME"; then
    return 0
  fi
  if _javac=$(command -v javac); then
    _home=$(cd "$(dirname "$(readlink -f "$_javac" 2>/dev/null || echo "$_javac")")/.." && pwd)
    if fits "$_home"; then
      JAVA_HOME=$_home
      return 0
    fi
  fi
  set +f
  for _home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if fits "$_home"; then
      set -f
      JAVA_HOME=$_home
      return 0
    fi
  done
  set -f
  return 1
}

find_jdk || {
  echo "mvnw: no JDK 25 found; install one (Debian: apt-get install temurin-25-jdk or openjdk-25-jdk) or point JAVA_HOME at it" >&2
  exit 1
}
export JAVA_HOME
