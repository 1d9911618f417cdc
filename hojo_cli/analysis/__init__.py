"""What a ruleset means, decided exactly: all truth values its conditions can have together, all amounts they lead to.

`domains`: the values of a fact between which no comparison distinguishes. `baskets`: what can be bought, as far as a frame looks.
`diagram`: sets of applicants as decision diagrams over those. `conditions`: each condition as such a set. `curves`: yen as a
piecewise linear function of cost. `situations`: a frame in each combination of its choices. `atlas`: concrete applicants on both
sides of every border. Nothing is sampled: two applicants that no set and no curve tells apart are judged alike.
"""
