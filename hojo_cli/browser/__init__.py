"""The calculator for a browser: a ruleset written out as data, the reader of it in JavaScript, and the page they are put into."""
