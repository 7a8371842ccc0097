using System.Text;

namespace AlertBot.Cli;

/// <summary>The completion scripts, one for each shell.</summary>
internal static class CompletionScripts
{
    public static string Bash(IReadOnlyList<CompletionRow> rows) => $$"""
        # Completion of alertbot for bash: source <(alertbot completion bash)
        _alertbot() {
          local word=${COMP_WORDS[COMP_CWORD]} path= one next
          for one in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
            case $one in
              --*) ;;
              *) _alertbot_next "${path:+$path }$one" && path="${path:+$path }$one" ;;
            esac
          done
          one=${COMP_WORDS[COMP_CWORD-1]}
          if [[ $one == --* ]] && _alertbot_next "${path:+$path }$one"; then path="${path:+$path }$one"; fi
          _alertbot_next "$path"
          mapfile -t COMPREPLY < <(compgen -W "$next" -- "$word")
        }

        # What may follow; false where nothing is known to.
        _alertbot_next() {
          case $1 in
        {{Cases(rows, row => $"next='{string.Join(' ', row.Next.Select(one => one.Word))}'")}}
            *) return 1 ;;
          esac
        }

        complete -o default -F _alertbot alertbot ./alertbot
        """;

    public static string Zsh(IReadOnlyList<CompletionRow> rows) => $$"""
        #compdef alertbot
        # Completion of alertbot for zsh: source <(alertbot completion zsh)
        _alertbot() {
          local path_= one
          local -a next
          for one in "${(@)words[2,CURRENT-1]}"; do
            [[ $one == --* ]] || { _alertbot_next "${path_:+$path_ }$one" && path_="${path_:+$path_ }$one" }
          done
          one=${words[CURRENT-1]}
          if [[ $one == --* ]] && _alertbot_next "${path_:+$path_ }$one"; then path_="${path_:+$path_ }$one"; fi
          _alertbot_next "$path_"
          if (( $#next )); then _describe alertbot next; fi
          [[ $PREFIX == -* ]] || _files
        }

        _alertbot_next() {
          case $1 in
        {{Cases(rows, row => $"next=({string.Join(' ', row.Next.Select(ZshWord))})")}}
            *) return 1 ;;
          esac
        }

        compdef _alertbot alertbot ./alertbot
        """;

    public static string Fish(IReadOnlyList<CompletionRow> rows)
    {
        var script = new StringBuilder("# Completion of alertbot for fish: alertbot completion fish | source\ncomplete -c alertbot -e\n");
        foreach (var row in rows.Where(row => !row.Path.Contains("--", StringComparison.Ordinal)))
        {
            var parts = row.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var verbs = row.Next.Where(one => !one.Word.StartsWith('-')).Select(one => one.Word).ToList();
            var here = parts.Length == 0
                ? "__fish_use_subcommand"
                : string.Join("; and ", parts.Select(part => $"__fish_seen_subcommand_from {part}"))
                    + (verbs.Count > 0 ? $"; and not __fish_seen_subcommand_from {string.Join(' ', verbs)}" : "");
            foreach (var (word, says) in row.Next.Where(one => !one.Word.StartsWith('-') || IsLong(one.Word)))
            {
                var what = IsLong(word) ? $"-l {word[2..]}{FishValue(rows, row, word)}" : $"{(row.TakesFile ? "" : "-f ")}-a {word}";
                script.Append("complete -c alertbot -n ").Append(Quoted(here)).Append(' ').Append(what);
                script.Append(" -d ").Append(Quoted(says)).Append('\n');
            }
        }

        return script.ToString().TrimEnd();
    }

    private static string FishValue(IReadOnlyList<CompletionRow> rows, CompletionRow of, string option) =>
        rows.FirstOrDefault(row => row.Path == $"{of.Path} {option}".Trim())?.Next switch
        {
            null => "",
            [] => " -r",
            var words => $" -x -a {Quoted(string.Join(' ', words.Select(one => one.Word)))}",
        };

    private static string ZshWord((string Word, string Says) one) => Quoted(one.Says.Length > 0 ? $"{one.Word}:{one.Says}" : one.Word);

    private static bool IsLong(string word) => word.StartsWith("--", StringComparison.Ordinal);

    private static string Cases(IReadOnlyList<CompletionRow> rows, Func<CompletionRow, string> act) =>
        string.Join('\n', rows.Select(row => $"    '{row.Path}') {act(row)} ;;"));

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
