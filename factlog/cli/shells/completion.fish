# Completion of factlog in fish: factlog completion fish | source
function _factlog_completion
    set -l words (commandline -opc)
    set -l token (commandline -ct)
    set -l word ''
    for close in '' '"' "'"
        set word (string unescape -- "$token$close"); and break
    end
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    set -l joined (string join \x1f -- $words)
    for line in (env _FACTLOG_COMPLETE=fish COMP_WORDS="$joined" COMP_WORD="$word" $program 2>/dev/null)
        if test "$line" = \x1f"file"
            set -l option (string match -r -- '^--[^=]*=' "$word")
            __fish_complete_path (string replace -- "$option" '' "$word") |
                string replace -r -- '^' "$option"
        else if test "$line" != \x1f"open" # fish itself puts no blank after =
            printf '%s\n' $line
        end
    end
end
complete --command factlog --no-files --keep-order --arguments '(_factlog_completion)'
