"""HJ0xx: how hojo was called, and what the system did not allow."""

from typing import Final

from hojo_cli.base.finding import Text
from hojo_cli.messages.entry import error

_HELP: Final = Text("`{command} --help` で使い方を見られます。", "`{command} --help` shows how it is used.")
_USAGE: Final = Text("呼び出し方の誤りは終了コード2です。", "A mistake in the call ends with exit code 2.")

ENTRIES: Final = {
    "HJ001": error(Text("使い方の誤り", "usage"), Text("使い方が違います: {reason}", "{reason}"), _HELP, _USAGE),
    "HJ002": error(
        Text("知らないオプション", "an unknown option"),
        Text("オプション `{name}` はありません。", "There is no option `{name}`."),
        Text(
            "{near}`{command} --help` で使えるオプションを見られます。", "{near} `{command} --help` lists the options."
        ),
        _USAGE,
    ),
    "HJ003": error(
        Text("引数が足りない", "a missing argument"),
        Text("引数 `{name}` が必要です。", "The argument `{name}` is missing."),
        _HELP,
        _USAGE,
    ),
    "HJ004": error(
        Text("知らない値", "an unknown value"),
        Text("`{name}` には `{value}` を指定できません。", "`{name}` does not take `{value}`."),
        Text("使える値: {known}", "Choose from: {known}"),
        _USAGE,
    ),
    "HJ005": error(
        Text("知らないコマンド", "an unknown command"),
        Text("コマンド `{name}` はありません。", "There is no command `{name}`."),
        Text("{near}`hojo --help` でコマンドを一覧できます。", "{near} `hojo --help` lists the commands."),
        _USAGE,
    ),
    "HJ006": error(
        Text("知らない枠", "an unknown frame"),
        Text("枠 `{name}` はこのルールセットにありません。", "There is no frame `{name}` in this ruleset."),
        Text("{near}選べるもの: {listed}", "{near} Choose from: {listed}"),
        _USAGE,
    ),
    "HJ007": error(
        Text("知らないコード", "an unknown code"),
        Text("コード `{name}` はありません。", "There is no code `{name}`."),
        Text(
            "{near}コードは `HJ` と3桁の数字で、`docs/checks.md` に一覧があります。",
            "{near} A code is `HJ` and three digits; `docs/checks.md` lists them.",
        ),
        _USAGE,
    ),
    "HJ010": error(
        Text("書き出せない", "cannot be written"),
        Text("`{path}` に書き出せませんでした（{reason}）。", "`{path}` could not be written ({reason})."),
        Text(
            "書き込みの権限と空き容量を確かめてください。元のファイルはそのままです。",
            "Check permissions and free space; an older file was left as it was.",
        ),
        Text("出力は全部書けたときだけ置き換えます。", "An output is written whole or not at all."),
    ),
    "HJ011": error(
        Text("標準出力に書けない", "standard output cannot be written"),
        Text("標準出力に書けませんでした（{reason}）。", "Standard output could not be written ({reason})."),
        Text(
            "空き容量を確かめるか、`--output` でファイルに書いてください。",
            "Check free space, or write to a file with `--output`.",
        ),
        Text("結果が失われたので、成功とは言えません。", "The result was lost, so this is no success."),
    ),
    "HJ012": error(
        Text("追加の部品が必要", "an extra is needed"),
        Text("この機能には `{package}` が必要です。", "This needs `{package}`."),
        Text("`pip install '{extra}'` で入れられます。", "Install it with `pip install '{extra}'`."),
        Text("めったに使わない部品は別に入れます。", "Rarely used parts are installed apart."),
    ),
    "HJ013": error(
        Text("端末ではない", "not a terminal"),
        Text("`--interactive` は端末で使います。", "`--interactive` needs a terminal."),
        Text("`--interactive` を外すと、書き込むためのひな形を作ります。", "Without it a blank to fill in is written."),
        Text("質問に答える人がいないと止まってしまうためです。", "Without somebody to answer it would wait for ever."),
    ),
    "HJ014": error(
        Text("すでにあるファイル", "a file that exists"),
        Text("`{path}` はすでにあります。", "`{path}` exists already."),
        Text("別の名前にするか、`--force` を付けてください。", "Use another name or add `--force`."),
        Text("書き込み済みのファイルを失わないためです。", "So that no work is lost."),
    ),
    "HJ015": error(
        Text("公表された結果がない", "no published results"),
        Text(
            "{year}年度の申請結果は、このルールセットにありません。",
            "This ruleset holds no published results of {year}.",
        ),
        Text("結果のある年度: {known}", "Years with results: {known}"),
        Text("結果は年度が終わってから公表されます。", "Results are published once a year is over."),
    ),
    "HJ016": error(
        Text("フォルダーがない", "a folder that is not there"),
        Text("`{name}` のフォルダー `{path}` がありません。", "There is no folder `{path}` (given with `{name}`)."),
        Text("フォルダーの名前を確かめてください。", "Check the name of the folder."),
        _USAGE,
    ),
    "HJ017": error(
        Text("中断", "stopped"),
        Text("{signal} を受けて止まりました。", "Stopped by {signal}."),
        Text("", ""),
        Text("途中の結果は書いていません。", "No half of a result was written."),
    ),
    "HJ018": error(
        Text("書き込む先のリンク", "a link where files would go"),
        Text(
            "`{path}` はシンボリックリンクなので、その先には書き込みません。",
            "`{path}` is a symbolic link; nothing is written through it.",
        ),
        Text(
            "リンク先のフォルダーを直接指定するか、リンクを消してください。",
            "Name the folder it leads to, or remove the link.",
        ),
        Text(
            "リンクを置いた人が、書き込む先を選べてしまうためです。",
            "Whoever left the link would choose where the files go.",
        ),
    ),
    "HJ099": error(
        Text("hojo の不具合", "a bug in hojo"),
        Text("hojo の不具合です（{reason}）。", "This is a bug in hojo ({reason})."),
        Text(
            "`HOJO_DEBUG=1` を付けて実行した出力を添えて知らせてください。",
            "Please report it with the output of a run under `HOJO_DEBUG=1`.",
        ),
        Text("どんな入力でもここへは来ないはずです。", "No input should ever lead here."),
    ),
}
