# Sourced by the scripts beside it: says things in the language of the locale, Chinese or else English.
#   tell CHINESE ENGLISH
case "${GONGBAO_LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
zh*) tell() { printf '%s\n' "$1"; } ;;
*) tell() { printf '%s\n' "$2"; } ;;
esac
