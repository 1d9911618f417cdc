"""What a ruleset means, decided exactly: all truth values its conditions can have together, all amounts they lead to.

`domains`: the values of a fact between which no comparison distinguishes. `purchases`, `members`: what can be bought, and who belongs to
a group, as far as a frame looks. `diagram`: sets of applicants as decision diagrams. `world`: what facts can be. `scope`: each condition
as such a set. `situations`: a frame in each combination of its choices. `piecewise`: yen as a piecewise linear function of cost.
`payout`: what a frame pays in a situation, line by line. `applicants`, `boundary_cases`: concrete applicants on both sides of every
border. `neighbours`, `steps`: one more of something that is counted. `forms`, `payout_forms`, `overlay`, `difference`: whether two
rulesets pay everybody the same.
`analyse`: all of a ruleset.
Nothing is sampled: two applicants that no set and no curve tells apart are judged alike.
"""
