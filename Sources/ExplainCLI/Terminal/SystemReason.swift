import Platform

/// The system's own sentence for the error that the last call reported, and ours in Japanese.
///
/// A C library's sentences follow the locale only where its catalogues are installed.
func systemReason(_ number: Int32 = errno) -> LocalizedText {
  let sentence = String(cString: strerror(number))
  return LocalizedText(en: sentence, ja: reasons[number] ?? sentence)
}

/// The same of a sentence that another target took from the system; what is none of the system's stays as it is.
func systemReason(saying sentence: String) -> LocalizedText {
  let lower = sentence.lowercased()
  let number = reasons.keys.first { String(cString: strerror($0)).lowercased() == lower }
  return LocalizedText(en: sentence, ja: number.flatMap { reasons[$0] } ?? sentence)
}

/// What goes wrong with files, in Japanese.
private let reasons: [Int32: String] = [
  ENOENT: "そのようなファイルやフォルダーはありません",
  EACCES: "アクセスする権限がありません",
  EPERM: "許可されていない操作です",
  EEXIST: "すでに存在します",
  ENOTDIR: "フォルダーではありません",
  EISDIR: "フォルダーです",
  ENOTEMPTY: "フォルダーが空ではありません",
  ENOSPC: "ディスクに空きがありません",
  EDQUOT: "ディスクの割り当てを使い切りました",
  EFBIG: "ファイルが大きすぎます",
  EROFS: "読み取り専用のファイルシステムです",
  EIO: "入出力エラーが起きました",
  EMFILE: "このプログラムが開けるファイルの数の上限に達しました",
  ENFILE: "システムが開けるファイルの数の上限に達しました",
  ENAMETOOLONG: "名前が長すぎます",
  ELOOP: "シンボリックリンクの段数が多すぎます",
  ENOMEM: "メモリーが足りません",
  EBADF: "閉じられているか、読み書きできないファイルです",
  EINVAL: "引数が正しくありません",
  EXDEV: "別のファイルシステムにまたがっています",
  EPIPE: "読み手がいません",
]
