"""HJ30x and HJ31x: where a ruleset departs from its JSON Schema (part of HJ3xx)."""

from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.messages.entry import error

ENTRIES: Final = {
    "HJ301": error(
        Text("知らないキー", "unknown key"),
        Text("キー `{key}` はここには書けません。", "The key `{key}` is not known here."),
        Text("{near}", "{near}"),
        Text(
            "書き間違えたキーを見逃すと、その規則が効かないまま計算されます。",
            "A misspelt key would silently switch a rule off.",
        ),
    ),
    "HJ302": error(
        Text("足りないキー", "missing key"),
        Text("キー `{key}` がありません。", "The key `{key}` is missing."),
        Text("`{key}: …` を書き足してください。", "Add `{key}: …`."),
        Text("このキーがないと規則が定まりません。", "Without this key the rule says nothing definite."),
    ),
    "HJ303": error(
        Text("値の種類", "wrong type of value"),
        Text(
            "`{value}` は{found}ですが、ここには{asked}を書きます。", "`{value}` is {found}, but {asked} is asked here."
        ),
        Text("{asked}に書き直してください。", "Write {asked} instead."),
        Text("値の種類は書く場所ごとに決まっています。", "Each place takes one type of value."),
    ),
    "HJ304": error(
        Text("選べない値", "not one of the choices"),
        Text("`{value}` はここでは選べません。", "`{value}` is not one of the choices here."),
        Text("{near}", "{near}"),
        Text("書ける値は決まっています。", "Only certain values are known here."),
    ),
    "HJ305": error(
        Text("値の書き方", "wrong spelling of a value"),
        Text("`{value}` の書き方が正しくありません。", "`{value}` is not written as it must be."),
        Text("{near}", "{near}"),
        Text("この場所の値は、決まった書き方に従います。", "Values of this place follow one pattern."),
    ),
    "HJ306": error(
        Text("数が足りない", "too few"),
        Text("{found} 個ありますが、{least} 個以上が要ります。", "There are {found}; at least {least} are needed."),
        Text("足りない分を書き足してください。", "Add what is missing."),
        Text("空のままでは意味が定まりません。", "Left empty it would mean nothing definite."),
    ),
    "HJ307": error(
        Text("数が多すぎる", "too many"),
        Text("{found} 個ありますが、{most} 個までです。", "There are {found}; at most {most} are allowed."),
        Text("余分なものを消してください。", "Remove what is too much."),
        Text("一度に書ける数が決まっています。", "Only so many can be meant at once."),
    ),
    "HJ308": error(
        Text("範囲の外の数", "number out of range"),
        Text("`{value}` は範囲の外です（{bound}）。", "`{value}` is out of range ({bound})."),
        Text("範囲の中の数を書いてください。", "Write a number within the range."),
        Text("この値には限りがあります。", "This value has a bound."),
    ),
    "HJ309": error(
        Text("同じ値の繰り返し", "the same value twice"),
        Text("並びの中に同じ値が二度あります。", "The list holds the same value twice."),
        Text("片方を消してください。", "Remove one of them."),
        Text("繰り返しは、書き間違いと考えられます。", "A repetition is most likely a slip."),
    ),
    "HJ310": error(
        Text("キーの書き方", "wrong spelling of a key"),
        Text("キー `{key}` の書き方が正しくありません。", "The key `{key}` is not written as it must be."),
        Text("英小文字・数字・下線（`_`）で書いてください。", "Use lower-case letters, digits and underscores."),
        Text("名前は、ほかの場所から参照できる形で書きます。", "A name must be one that other places can refer to."),
    ),
    "HJ311": error(
        Text("キーの組み合わせ", "combination of keys"),
        Text("ここに書かれた項目の組み合わせは認められません。", "This combination of entries is not allowed."),
        Text("どれか一つの書き方に揃えてください。", "Keep to one of the possible forms."),
        Text("同時に成り立たない書き方が混ざっています。", "Forms that exclude each other are mixed."),
    ),
    "HJ312": error(
        Text("形が違う", "not of the form asked"),
        Text("`{value}` はここで求められる形ではありません。", "`{value}` does not have the form asked here."),
        Text("`hojo schema ruleset` の説明を確かめてください。", "See the description in `hojo schema ruleset`."),
        Text("スキーマのその他の条件に合いません。", "It fails some other condition of the schema."),
    ),
}
