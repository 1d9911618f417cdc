"""HJ30x and HJ31x: where a ruleset departs from its JSON Schema (part of HJ3xx)."""

from typing import Final

from hojo_cli.messages.entry import error

ENTRIES: Final = {
    "HJ301": error(
        ("知らないキー", "unknown key"),
        ("キー `{key}` はここには書けません。", "The key `{key}` is not known here."),
        ("{near}", "{near}"),
        (
            "書き間違えたキーを見逃すと、その規則が効かないまま計算されます。",
            "A misspelt key would silently switch a rule off.",
        ),
    ),
    "HJ302": error(
        ("足りないキー", "missing key"),
        ("キー `{key}` がありません。", "The key `{key}` is missing."),
        ("`{key}: …` を書き足してください。", "Add `{key}: …`."),
        ("このキーがないと規則が定まりません。", "Without this key the rule says nothing definite."),
    ),
    "HJ303": error(
        ("値の種類", "wrong type of value"),
        ("`{value}` は{found}ですが、ここには{asked}を書きます。", "`{value}` is {found}, but {asked} is asked here."),
        ("{asked}に書き直してください。", "Write {asked} instead."),
        ("値の種類は書く場所ごとに決まっています。", "Each place takes one type of value."),
    ),
    "HJ304": error(
        ("選べない値", "not one of the choices"),
        ("`{value}` はここでは選べません。", "`{value}` is not one of the choices here."),
        ("{near}", "{near}"),
        ("書ける値は決まっています。", "Only certain values are known here."),
    ),
    "HJ305": error(
        ("値の書き方", "wrong spelling of a value"),
        ("`{value}` の書き方が正しくありません。", "`{value}` is not written as it must be."),
        ("{near}", "{near}"),
        ("この場所の値は、決まった書き方に従います。", "Values of this place follow one pattern."),
    ),
    "HJ306": error(
        ("数が足りない", "too few"),
        ("{found} 個ありますが、{least} 個以上が要ります。", "There are {found}; at least {least} are needed."),
        ("足りない分を書き足してください。", "Add what is missing."),
        ("空のままでは意味が定まりません。", "Left empty it would mean nothing definite."),
    ),
    "HJ307": error(
        ("数が多すぎる", "too many"),
        ("{found} 個ありますが、{most} 個までです。", "There are {found}; at most {most} are allowed."),
        ("余分なものを消してください。", "Remove what is too much."),
        ("一度に書ける数が決まっています。", "Only so many can be meant at once."),
    ),
    "HJ308": error(
        ("範囲の外の数", "number out of range"),
        ("`{value}` は範囲の外です（{bound}）。", "`{value}` is out of range ({bound})."),
        ("範囲の中の数を書いてください。", "Write a number within the range."),
        ("この値には限りがあります。", "This value has a bound."),
    ),
    "HJ309": error(
        ("同じ値の繰り返し", "the same value twice"),
        ("並びの中に同じ値が二度あります。", "The list holds the same value twice."),
        ("片方を消してください。", "Remove one of them."),
        ("繰り返しは、書き間違いと考えられます。", "A repetition is most likely a slip."),
    ),
    "HJ310": error(
        ("キーの書き方", "wrong spelling of a key"),
        ("キー `{key}` の書き方が正しくありません。", "The key `{key}` is not written as it must be."),
        ("英小文字・数字・下線（`_`）で書いてください。", "Use lower-case letters, digits and underscores."),
        ("名前は、ほかの場所から参照できる形で書きます。", "A name must be one that other places can refer to."),
    ),
    "HJ311": error(
        ("キーの組み合わせ", "combination of keys"),
        ("ここに書かれた項目の組み合わせは認められません。", "This combination of entries is not allowed."),
        ("どれか一つの書き方に揃えてください。", "Keep to one of the possible forms."),
        ("同時に成り立たない書き方が混ざっています。", "Forms that exclude each other are mixed."),
    ),
    "HJ312": error(
        ("形が違う", "not of the form asked"),
        ("`{value}` はここで求められる形ではありません。", "`{value}` does not have the form asked here."),
        ("`hojo schema ruleset` の説明を確かめてください。", "See the description in `hojo schema ruleset`."),
        ("スキーマのその他の条件に合いません。", "It fails some other condition of the schema."),
    ),
}
