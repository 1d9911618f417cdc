"""Firms at random for the benchmarks of tables: three Parquet files of as many applicants as are wanted, the same bytes of facts each time.

    python benchmarks/firms.py FOLDER --applicants 1000000

Made in DuckDB. A number is drawn from the applicant and the name of what is drawn (`die`), in whole numbers, so that no seed, thread or
version matters. About three items each; one applicant in a hundred is a group of 10 to 14; a few facts and fields are left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

from hojo_cli.rules import ruleset
from hojo_cli.tables.sql.dialect import DIALECTS
from hojo_cli.tables.sql.tables import columns

TYPES = DIALECTS["duckdb"].columns

MACROS = """
CREATE MACRO stirred(x) AS xor(x, x >> 15) * 1103515245 % 2147483648;
CREATE MACRO die(i, salt, sides) AS xor(stirred(stirred(i % 2147483648 + salt * 7919) + salt * 104729), salt) % 2147483648 // 16 % sides;
CREATE MACRO known(i, salt, share, value) AS CASE WHEN die(i, salt, 1000) >= share THEN value END;
"""

FIRM = """
    CASE WHEN die(i, 1, 100) < 55 THEN 'company' WHEN die(i, 1, 100) < 90 THEN 'sole_proprietor'
      WHEN die(i, 1, 100) < 94 THEN 'medical' WHEN die(i, 1, 100) < 96 THEN 'social_welfare' WHEN die(i, 1, 100) < 97 THEN 'npo'
      WHEN die(i, 1, 100) < 98 THEN 'sme_association' WHEN die(i, 1, 100) < 99 THEN 'school' ELSE 'chamber' END AS entity,
    ['manufacturing', 'construction', 'transport', 'wholesale', 'service', 'service', 'retail', 'retail', 'rubber', 'software', 'ryokan',
      'lodging', 'entertainment', 'other'][1 + die(i, 2, 14)] AS industry,
    CASE WHEN entity = 'company' THEN CASE die(i, 3, 10) WHEN 0 THEN 400000000 WHEN 1 THEN 50000000 ELSE 500000 * (1 + die(i, 4, 40)) END END AS capital,
    known(i, 5, 2, CASE WHEN die(i, 6, 10) < 6 THEN die(i, 7, 12) WHEN die(i, 6, 10) < 9 THEN 5 + die(i, 7, 60) ELSE die(i, 7, 1200) END) AS employees,
    CASE WHEN die(i, 8, 10) < 8 THEN die(i, 9, 50) = 0 END AS deemed_large,
    CASE WHEN deemed_large IS NULL THEN die(i, 10, 60) END AS same_large_share,
    CASE WHEN deemed_large IS NULL THEN 100 END AS same_large_share_per,
    CASE WHEN deemed_large IS NULL THEN same_large_share + die(i, 11, 30) END AS large_share,
    CASE WHEN deemed_large IS NULL THEN 100 END AS large_share_per,
    CASE WHEN deemed_large IS NULL THEN die(i, 12, 4) END AS large_officers,
    CASE WHEN deemed_large IS NULL THEN 4 + die(i, 13, 4) END AS large_officers_per,
    CASE WHEN deemed_large IS NULL THEN die(i, 14, 90) = 0 END AS owned_by_deemed_large,
    CASE WHEN deemed_large IS NULL THEN die(i, 15, 90) = 0 END AS officers_of_deemed_large,
    CASE WHEN deemed_large IS NULL THEN 1000000 * die(i, 16, 200) END AS average_taxable_income,
"""

APPLICANTS = f"""
  SELECT printf('A%08d', i) AS applicant, NULL::VARCHAR AS name, {FIRM}
    known(i, 17, 5, die(i, 18, 4) = 0) AS past_grant,
    CASE WHEN past_grant THEN list_filter(['共P-01', '共P-02', '共P-03', '共P-04', '共P-05'], lambda p, n: die(i, 19 + n, 3) = 0) END AS granted_processes,
    die(i, 30, 20) = 0 AS wage_exempt_sector,
    known(i, 31, 5, die(i, 32, 10) < 8) AS wage_plan_announced,
    known(i, 33, 5, die(i, 34, 60)) AS wage_growth,
    CASE WHEN wage_growth IS NOT NULL THEN 1000 END AS wage_growth_per,
    known(i, 35, 5, die(i, 36, 80)) AS wage_floor_margin,
    CASE WHEN employees > 0 THEN die(i, 37, 13) WHEN employees = 0 THEN 0 END AS near_minimum_wage_months,
    CASE WHEN die(i, 38, 2) = 0 THEN 950 + die(i, 39, 300) END AS workplace_minimum_wage,
    CASE WHEN workplace_minimum_wage IS NOT NULL THEN 950 + die(i, 40, 250) END AS regional_minimum_wage,
    known(i, 41, 5, 1 + die(i, 42, 200)) AS supplier_accounts,
    CASE WHEN supplier_accounts IS NOT NULL THEN die(i, 43, 200) % (supplier_accounts + 1) END AS sme_supplier_accounts,
    NULL::VARCHAR AS role,
    NULL::BIGINT AS analysis_members
  FROM range({{first}}, {{last}}) AS drawn(i)
"""

MEMBERS = f"""
  SELECT printf('A%08d', a) AS applicant, m AS member, NULL::VARCHAR AS name, {FIRM}
    NULL::BOOLEAN AS past_grant, NULL::VARCHAR[] AS granted_processes, NULL::BOOLEAN AS wage_exempt_sector,
    NULL::BOOLEAN AS wage_plan_announced, NULL::BIGINT AS wage_growth, NULL::BIGINT AS wage_growth_per, NULL::BIGINT AS wage_floor_margin,
    NULL::BIGINT AS near_minimum_wage_months, NULL::BIGINT AS workplace_minimum_wage, NULL::BIGINT AS regional_minimum_wage,
    NULL::BIGINT AS supplier_accounts, NULL::BIGINT AS sme_supplier_accounts,
    CASE WHEN m = 1 THEN 'lead' ELSE 'participant' END AS role, NULL::BIGINT AS analysis_members
  FROM (SELECT a, m, a * 16 + m + 17 AS i FROM range({{first}}, {{last}}) AS drawn(a), range(1, 15) AS listed(m)
    WHERE a % 100 = 99 AND m <= 10 + die(a, 50, 5))
"""

ITEMS = """
  SELECT printf('A%08d', a) AS applicant, m AS member, NULL::VARCHAR AS name, category,
    CASE WHEN NOT (running AND die(i, 62, 3) > 0) THEN 10000 * (1 + die(i, 63, CASE die(i, 64, 6) WHEN 0 THEN 300 ELSE 60 END)) + die(i, 65, 10000) END AS amount,
    CASE WHEN running AND die(i, 62, 3) = 1 THEN 1000 * (1 + die(i, 66, 60)) END AS monthly,
    CASE WHEN monthly IS NOT NULL THEN 12 * (1 + die(i, 67, 3)) WHEN amount IS NOT NULL AND running THEN [12, 24, 24, 36, 60][1 + die(i, 68, 5)] END AS months,
    CASE WHEN running AND die(i, 62, 3) = 2 THEN 12000 * (1 + die(i, 66, 60)) END AS yearly,
    CASE WHEN yearly IS NOT NULL THEN 1 + die(i, 67, 3) END AS years,
    CASE WHEN category IN ('pc', 'register') THEN 1 + die(i, 69, 4) END AS quantity,
    CASE WHEN die(i, 70, 5) = 0 THEN 'included' END AS tax,
    CASE WHEN die(i, 71, 20) = 0 THEN 5000 END AS discount,
    CASE WHEN software THEN known(i, 72, 3, list_filter(['共P-01', '共P-02', '共P-03', '共P-04', '共P-05', '各業種P-06', '汎P-07'],
      lambda p, n: die(i, 80 + n, 3) = 0)) END AS processes,
    CASE WHEN software THEN known(i, 73, 3, list_filter(['accounting', 'ordering', 'settlement'], lambda f, n: die(i, 90 + n, 3) < 2)) END AS functions
  FROM (
    SELECT a, m, i, category, category IN ('cloud', 'option', 'support', 'security_service', 'analysis_cloud') AS running,
      category IN ('cloud', 'software') AS software
    FROM (
      SELECT a, m, i, CASE WHEN a % 100 = 99 AND m IS NULL
          THEN ['analysis_cloud', 'analysis_software', 'analysis_hardware', 'office', 'expert', 'support'][1 + die(i, 60, 6)]
        ELSE ['cloud', 'cloud', 'software', 'software', 'option', 'support', 'support', 'pc', 'register', 'security_service'][1 + die(i, 61, 10)]
        END AS category
      FROM (
        SELECT a, NULL::BIGINT AS m, a * 8 + n AS i FROM range({first}, {last}) AS drawn(a), range(0, 6) AS listed(n) WHERE n <= die(a, 51, 6)
        UNION ALL
        SELECT a, m, (a * 16 + m) * 8 + n + 3 AS i
        FROM range({first}, {last}) AS drawn(a), range(1, 15) AS of(m), range(0, 2) AS listed(n)
        WHERE a % 100 = 99 AND m <= 10 + die(a, 50, 5) AND n <= die(a * 16 + m, 52, 2)
      ) AS bought
    ) AS sorted
  ) AS told
"""

PART = 500_000


def make(folder: Path, applicants: int) -> None:
    """The tables as a folder each, in parts of half a million applicants, with the types that `hojo sql --tables` declares."""
    engine, rules = duckdb.connect(), ruleset.load("2026")
    engine.execute(MACROS)
    for table, sql in {"applicants": APPLICANTS, "members": MEMBERS, "items": ITEMS}.items():
        (folder / table).mkdir(parents=True, exist_ok=True)
        typed = ", ".join(f"{column.name}::{TYPES[column.kind]} AS {column.name}" for column in columns(rules, table))
        for first in range(0, applicants, PART):
            made = sql.format(first=first, last=min(first + PART, applicants))
            path = folder / table / f"{first // PART:03}.parquet"
            engine.execute(f"COPY (SELECT {typed} FROM ({made}) AS made) TO '{path}' (FORMAT parquet)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--applicants", type=int, default=1_000_000)
    wanted = parser.parse_args()
    make(wanted.folder, wanted.applicants)


if __name__ == "__main__":
    main()
