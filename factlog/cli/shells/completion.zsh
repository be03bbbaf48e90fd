#compdef factlog
# Completion of factlog in zsh. In ~/.zshrc: eval "$(factlog completion zsh)"
_factlog_completion() {
    local line open=${compstate[quote]#\$} between=$'\x1f'
    local -a values shown after
    for line in "${(@f)$(_FACTLOG_COMPLETE=zsh \
        COMP_WORDS="${(pj:\x1f:)${(@Q)words[1,CURRENT-1]}}" \
        COMP_WORD="${(Q)${:-$QIPREFIX$PREFIX$open}}" \
        "${words[1]/#\~\//$HOME/}" 2>/dev/null)}"; do
        if [[ $line == ${between}file ]]; then
            [[ $PREFIX == --*=* ]] && compset -P 1 '*='
            _files
        elif [[ $line == ${between}open ]]; then
            after=(-S '')
        elif [[ -n $line ]]; then
            values+=("${line%%$between*}")
            shown+=("${line%%$between*}  ${line#*$between}")
        fi
    done
    compadd -U -V factlog "${after[@]}" -l -d shown -a values
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _factlog_completion "$@"
else
    if ! (( $+functions[compdef] )); then # a zsh that was not set up to complete
        autoload -Uz compinit && compinit -i
    fi
    compdef _factlog_completion factlog
fi
