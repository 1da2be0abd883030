# complete.zsh FOLDER LINE OUT: writes to OUT what zsh, in a terminal of its own, completes LINE to,
# with the functions in FOLDER.
zmodload zsh/zpty
zpty shell zsh -f -i
await() {
  local line
  while zpty -r shell line; do [[ $line == *$1* ]] && return; done
}
# What is completed goes through compadd; calls that only ask for matches are let through. The line is
# completed as soon as the editor is there to do it.
zpty -w shell "PS1=; fpath=(${(q)1} \$fpath); autoload -Uz compinit; compinit -u -D
compadd() {
  [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]] || {
    local -a matches; builtin compadd -A matches \"\$@\"; print -rl -- \$matches >> ${(q)3}
  }
  builtin compadd \"\$@\"
}
complete-line() {
  zle -D zle-line-init
  BUFFER=${(q)2}; CURSOR=\$#BUFFER; zle complete-word
  BUFFER=\"print ended''yes\"; zle accept-line
}
zle -N zle-line-init complete-line"
await endedyes
zpty -d shell
