"""What a ruleset means, decided exactly: all truth values its conditions can have together, all amounts they lead to.

`diagram`: sets of applicants as decision diagrams. `world`: what facts can be, in classes of values between which no comparison
distinguishes. `purchases`: what can be bought, as far as a frame looks. `scope`: what a frame can see of an applicant and of the members
of a group, and each condition as such a set. `situations`: a ruleset, frame by frame, in each combination of its choices. `piecewise`: yen
as a piecewise linear function of cost. `payout`: what a frame pays in a situation, line by line. `applicants`, `boundary_cases`: concrete
applicants on both sides of every border. `steps`: one more of something that is counted. `forms`, `payout_forms`, `overlay`, `difference`:
whether two rulesets pay everybody the same.
Nothing is sampled: two applicants that no set and no curve tells apart are judged alike.
"""
