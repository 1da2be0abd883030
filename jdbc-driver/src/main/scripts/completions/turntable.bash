# Completes the options of turntable in bash. Made from its --help by GeneratedScriptsTest.
# shellcheck disable=SC2207
_turntable() {
  local IFS=$'\n' current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} typed
  # bash takes = and : for the ends of words.
  if [ "$current" = = ]; then
    current=
  elif [ "$previous" = = ]; then
    previous=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  case $previous in
    -c | -e)
      return
      ;;
    -f)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$current"))
      return
      ;;
    -o)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -f -- "$current"))
      return
      ;;
    --format)
      COMPREPLY=($(compgen -W $'table\nvertical\ncsv\ntsv\njson\njsonl\njson-array\nmarkdown' -- "$current"))
      return
      ;;
    --null)
      return
      ;;
    --param)
      return
      ;;
    --param-file)
      return
      ;;
    --profile)
      return
      ;;
    --store)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -d -- "$current"))
      return
      ;;
    --max-age)
      return
      ;;
    --since)
      return
      ;;
    --tables)
      return
      ;;
    --to)
      COMPREPLY=($(compgen -W $'parquet' -- "$current"))
      return
      ;;
    parquet)
      compopt -o filenames 2>/dev/null
      COMPREPLY=($(compgen -d -- "$current"))
      return
      ;;
  esac
  case $current in
    -*)
      if [ "${COMP_WORDS[1]}" = sync ]; then
        COMPREPLY=($(compgen -W $'--store\n--since\n--tables\n--refresh\n--verify\n--to\n--compact\n--status\n--profile\n-h\n--help' -- "$current"))
      else
        COMPREPLY=($(compgen -W $'-c\n-e\n-f\n-o\n--format\n--no-header\n--null\n--param\n--param-file\n--explain\n--continue\n--profile\n--store\n--max-age\n-h\n--help\n--version' -- "$current"))
      fi
      ;;
    *)
      typed=${COMP_LINE:0:COMP_POINT}
      typed=${typed##* }
      COMPREPLY=($(compgen -W $'sync\njdbc:turntable:demo\njdbc:turntable:handinger\njdbc:turntable:rightbrain' -- "$typed"))
      COMPREPLY=("${COMPREPLY[@]#"${typed%"${typed##*:}"}"}")
      ;;
  esac
}
complete -F _turntable turntable
