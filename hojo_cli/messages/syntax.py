"""HJ12x, HJ138 and HJ139: where YAML stops making sense (part of HJ1xx)."""

from typing import Final

from hojo_cli.messages.entry import entries

ENTRIES: Final = entries(r"""
HJ120 error: YAML の構文 | YAML syntax
  ここで YAML として読めなくなりました。 | This is where YAML stops making sense.
  この行とその前の行の字下げと記号を確かめてください。
    | Check the indentation and the punctuation of this line and the one before.
  構文の誤りの後は読めません。 | Nothing after a syntax error can be read.
HJ121 error: タブによる字下げ | indented by a tab
  字下げにタブが使われています。 | The line is indented by a tab.
  タブを半角の空白に変えてください。 | Use spaces instead.
  YAML はタブの字下げを認めません。 | YAML does not allow tabs as indentation.
HJ122 error: 全角のコロン | a full-width colon
  キーの後が全角の `：` になっています。 | The key is followed by a full-width `：`.
  半角の `:` と空白に変えてください（例 `{key}: …`）。 | Use `:` and a space, as in `{key}: …`.
  YAML では半角の `:` と空白だけがキーと値を分けます。
    | In YAML only an ASCII colon and a space part a key from its value.
HJ123 error: 引用符が閉じていない | an open quotation mark
  ここで始まる引用符が閉じていません。 | The quotation mark opened here is never closed.
  同じ行の値の終わりに同じ引用符を書いてください。 | Write the same mark at the end of the value.
  引用符が閉じるまで、次の行も値の続きとして読まれます。
    | Until it is closed, the lines below are read as part of the value.
HJ124 error: 括弧が閉じていない | an open bracket
  ここで始まる `{bracket}` の中が {line} 行目で読めなくなりました。
    | What follows the `{bracket}` opened here cannot be read in line {line}.
  閉じる括弧 `{close}` と、区切りのコンマを確かめてください。
    | Check the closing `{close}` and the commas between the entries.
  括弧の中は、閉じる括弧まで一つの値です。 | Everything up to the closing bracket is one value.
HJ125 error: コロンの後に空白がない | no space after the colon
  `{key}:` の後に空白がありません。 | There is no space after `{key}:`.
  `{key}: …` のように空白を入れてください。 | Write `{key}: …` with a space.
  空白がないと、行全体が一つの文字列になります。 | Without the space the whole line is one text.
HJ126 error: 使えない文字で始まる値 | a reserved first character
  値は `{character}` で始められません。 | A value cannot begin with `{character}`.
  文字として書く場合は `"…"` で囲んでください。 | To write it as text, put it in `"…"`.
  `@`、`%`、バッククォートは YAML が予約しています。 | YAML reserves `@`, `%` and the backtick.
HJ127 error: 値の中のコロン | a colon inside a value
  ここに `:` は書けません。 | A `:` cannot stand here.
  値に `: ` を含めるなら全体を `"…"` で囲み、そうでなければ前の行との字下げを揃えてください。
    | Quote the whole value if it contains `: `; else align the line with the one before.
  一行に書けるキーは一つで、同じ階層のキーは同じ桁から始まります。
    | A line holds one key, and keys of one level begin in the same column.
HJ128 error: 誤ったエスケープ | a bad escape
  `"…"` の中の `\` の書き方が正しくありません。 | The `\` in this quoted text does not begin a valid escape.
  `\` そのものを書くには `'…'` で囲むか `\\` と書いてください。 | For a plain `\` use `'…'`, or write `\\`.
  `\` は改行や文字コードを表す記号で、単独のサロゲート（`\ud800` など）は文字ではありません。
    | A `\` announces a special character; a lone surrogate such as `\ud800` is none.
HJ129 error: 全角などの空白による字下げ | indented by a wide space
  字下げに半角でない空白（{character}）が使われています。
    | The line is indented by {character}, which is not a plain space.
  半角の空白に変えてください。 | Use plain spaces instead.
  YAML は半角の空白だけを字下げと読みます。 | YAML takes only plain spaces as indentation.
HJ175 error: 括弧の中のコンマ | a comma inside braces
  括弧の中の `,` が `{whole}` を途中で分け、`{key}` という余分な項目ができています。
    | Inside braces the `,` cuts `{whole}` apart, which leaves an entry `{key}` behind.
  一つの値なら `"{whole}"` と引用符で囲み、次の項目なら `{key}: …` と値を書いてください。
    | Quote it as `"{whole}"` if it is one value; write `{key}: …` if it is an entry.
  `{{…}}` の中では、コンマが項目の区切りになります。 | Inside `{{…}}` a comma parts the entries.
HJ176 error: 括弧の中の疑問符 | a question mark inside braces
  括弧の中では、引用符のない値に半角の `?` を書けません。 | Inside braces a value without quotes cannot hold a `?`.
  as HJ126
  括弧の中の `?` は YAML の記号です。 | Inside braces `?` is a sign of YAML.
HJ177 error: 括弧の中の全角の区切り | a wide comma inside braces
  括弧の中の区切りが `{character}` になっています（`{key}` の値の後）。
    | The entries are parted by `{character}` (after the value of `{key}`).
  半角の `,` に変えてください。 | Use an ASCII `,` instead.
  YAML では半角のコンマだけが項目を区切ります。 | In YAML only an ASCII comma parts the entries.
HJ138 error: コロンの後の全角の空白 | a wide space after the colon
  `{key}:` の後の空白が半角ではありません（{character}、全角の空白など）。
    | The space after `{key}:` is {character}, a full-width or other wide one.
  半角の空白に変えてください（例 `{key}: …`）。 | Use a plain space, as in `{key}: …`.
  YAML では半角の `:` と半角の空白だけがキーと値を分けます。
    | In YAML only an ASCII colon and a plain space part a key from its value.
HJ139 error: コロンがない | no colon after the key
  `{key}` の後に `: ` がないようです。 | There seems to be no `: ` after `{key}`.
  `{key}: …` のように書いてください。 | Write it as `{key}: …`.
  コロンがないと、行全体が一つの文字列になります。 | Without the colon the whole line is one text.
""")
