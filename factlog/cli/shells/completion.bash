# Completion of factlog in bash. In ~/.bashrc: eval "$(factlog completion bash)"
_factlog_completion() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == $'\x1f'file ]]; then
            compopt -o default
        elif [[ $line == $'\x1f'open ]]; then
            compopt -o nospace
        else
            COMPREPLY+=("$line")
        fi
    done < <(_FACTLOG_COMPLETE=bash COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORD="$2" \
        COMP_TYPE="$COMP_TYPE" COLUMNS="${COLUMNS-}" \
        "${1/#\~\//$HOME/}" 2>/dev/null)
}
complete -o nosort -F _factlog_completion factlog 2>/dev/null ||
    complete -F _factlog_completion factlog # a bash before 4.4
