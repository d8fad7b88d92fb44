/// The shells that can complete the command line of `explain`.
package enum Shell: String, CaseIterable, Sendable {
  /// The shells, by their names.
  case bash, zsh, fish

  /// The script that a shell completes command lines with, made from the declarations of all
  /// commands.
  package func script(of completions: Completions) -> String {
    let body =
      switch self {
      case .bash: completions.bash
      case .zsh: completions.zsh
      case .fish: completions.fish
      }
    // zsh looks for a word in the first line.
    let first = self == .zsh ? ["#compdef explain"] : []
    let lines = first + remarks(in: completions) + [""] + body
    return lines.map { $0 + "\n" }.joined()
  }

  /// What a reader of the script is told: what it is and where it belongs.
  private func remarks(in completions: Completions) -> [String] {
    let command = "explain completions \(rawValue)"
    // The bash of macOS reads nothing from a process as a file.
    let now = self == .fish ? "\(command) | source" : "eval \"$(\(command))\""
    let texts = [
      say(
        en: "Completes command lines of explain in \(rawValue); printed by: \(command)",
        ja: "\(rawValue) で explain のコマンドラインを補完します。出力したコマンド：\(command)"
      ),
      say(en: "In the shell at hand: \(now)", ja: "今のシェルで使うには：\(now)"),
      say(
        en: "In every new one: \(command) > \(place)",
        ja: "これから開くシェルで使うには：\(command) > \(place)"
      ),
    ]
    return texts.map { "# " + $0[completions.language] }
  }

  /// Where the shell looks for such a script; for zsh a folder of `$fpath`.
  private var place: String {
    switch self {
    case .bash: "~/.local/share/bash-completion/completions/explain"
    case .zsh: "\"${fpath[1]}/_explain\""
    case .fish: "~/.config/fish/completions/explain.fish"
    }
  }
}
