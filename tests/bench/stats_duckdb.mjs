// stats_duckdb.mjs - DuckDB's part of the benchmark of counting: tables with all their totals.
//
// Usage: stats_duckdb.mjs THREADS SET.yaml IN OUT
//
// Reads only what the tables need, by a schema that names it, into one narrow table; counts that with GROUP BY CUBE.
// Prints the seconds of the statements alone, without the start of the program, on stderr.
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { bands, row, tables } from './tables.mjs';

const [threads, set, input, output] = process.argv.slice(2);
const text = (s) => `'${s.replaceAll("'", "''")}'`;
const known = (s) => `coalesce(nullif(trim(${s}), ''), 'unknown')`;
const date = (s) => `try_cast(${s}[1:10] AS DATE)`;

const narrow = `
  CREATE TABLE episodes AS
  WITH read AS (
    SELECT person, place, link, triage, coalesce(${date('missing_since')}, ${date('reported_at')}) AS day,
           ${date('person.birth_date')} AS born
    FROM read_ndjson(${text(input)}, columns = {
      reported_at: 'VARCHAR', missing_since: 'VARCHAR',
      person: 'STRUCT(birth_date VARCHAR, sex VARCHAR, age INTEGER)',
      place: 'STRUCT(setting VARCHAR)',
      link: 'STRUCT(person_id VARCHAR, reports STRUCT(source STRUCT(file VARCHAR, profile VARCHAR))[])',
      triage: 'STRUCT(category VARCHAR, mismatch VARCHAR)'})),
  aged AS (
    SELECT *, CASE WHEN day IS NULL OR born IS NULL THEN person.age
                   ELSE year(day) - year(born) -
                        (month(day) * 100 + day(day) < month(born) * 100 + day(born))::INTEGER END AS age
    FROM read)
  SELECT row_number() OVER () AS episode, hash(link.person_id) AS person, len(link.reports) AS n,
         coalesce(strftime(day, '%G-W%V'), 'unknown') AS week,
         CASE WHEN age IS NULL OR age < 0 THEN 'unknown'
              ${bands.slice(0, -1).map(([name, below]) => `WHEN age < ${below} THEN '${name}'`).join(' ')}
              ELSE '${bands.at(-1)[0]}' END AS age_band,
         ${known('place.setting')} AS setting_registered, ${known('person.sex')} AS sex,
         ${known('triage.category')} AS category, ${known('triage.mismatch')} AS mismatch,
         link.reports AS reports
  FROM aged`;
const reports = `
  CREATE TABLE reports AS
  SELECT * EXCLUDE (reports, r), 1 AS n, ${known('r.source.profile')} AS profile, ${known('r.source.file')} AS file
  FROM (SELECT * EXCLUDE (n), unnest(reports) AS r FROM episodes)`;

const values = {
  count: {
    reports: () => 'sum(n)',
    episodes: (t) => (t.each_report ? 'count(DISTINCT episode)' : 'count(*)'),
    persons: () => 'count(DISTINCT person)',
  },
};

const counts = (t) => `
  SELECT grouping(${t.by.join(', ')}), [${t.by.join(', ')}], ${t.units.map((u) => values[t.measure][u](t)).join(', ')}
  FROM ${t.each_report ? 'reports' : 'episodes'} GROUP BY CUBE (${t.by.join(', ')})`;

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const start = process.hrtime.bigint();
const asked = tables(set);
let out = '';
await connection.run('SET preserve_insertion_order = false');
await connection.run(narrow);
if (asked.some((t) => t.each_report)) await connection.run(reports);
for (const t of asked)
  for (const [totals, list, ...found] of (await connection.runAndReadAll(counts(t))).getRows()) {
    const own = (_, i) => !(Number(totals) >> (t.by.length - 1 - i) & 1); // not summed up over the i-th dimension
    t.units.forEach((unit, i) => (out += row(t, t.by.filter(own), list.items.filter(own), unit, found[i])));
  }
writeFileSync(output, out);
console.error(Number(process.hrtime.bigint() - start) / 1e9);
