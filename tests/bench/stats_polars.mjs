// stats_polars.mjs - Polars' part of the benchmark of counting: tables with all their totals.
//
// Usage: POLARS_MAX_THREADS=N stats_polars.mjs SET.yaml IN OUT
//
// Reads only what the tables need, by a schema that names it, into one narrow table; counts that for every subset of a
// table's dimensions. Prints the seconds of the queries alone, without the start of the program, on stderr.
import { writeFileSync } from 'node:fs';
import pl from 'nodejs-polars';
import { bands, row, tables } from './tables.mjs';

const [set, input, output] = process.argv.slice(2);
const { col, lit, when } = pl;
const schema = {
  reported_at: pl.Utf8, missing_since: pl.Utf8,
  person: pl.Struct({ birth_date: pl.Utf8, sex: pl.Utf8, age: pl.Int64 }),
  place: pl.Struct({ setting: pl.Utf8 }),
  link: pl.Struct({ person_id: pl.Utf8,
                    reports: pl.List(pl.Struct({ source: pl.Struct({ file: pl.Utf8, profile: pl.Utf8 }) })) }),
  triage: pl.Struct({ category: pl.Utf8, mismatch: pl.Bool }),
};

const field = (...path) => path.slice(1).reduce((e, name) => e.struct.field(name), col(path[0]));
const date = (e) => e.str.slice(0, 10).str.strptime(pl.Date, '%Y-%m-%d');
const text = (e) => e.str.strip().replace('', null);
const month_day = (d) => col(d).dt.month().cast(pl.Int64).mul(100).add(col(d).dt.day().cast(pl.Int64));
const years = col('day').dt.year().sub(col('born').dt.year()).cast(pl.Int64)
  .sub(month_day('day').lt(month_day('born')).cast(pl.Int64));
const age = years.fillNull(col('given_age'));
const band = bands.slice(0, -1).reduceRight(
  (rest, [name, below]) => when(col('age').lt(lit(below))).then(lit(name)).otherwise(rest), lit(bands.at(-1)[0]));

const read = () => pl.scanJson(input, { schema })
  .select(
    field('link', 'person_id').hash().as('person'), field('link', 'reports').as('reports'),
    date(col('missing_since')).fillNull(date(col('reported_at'))).as('day'),
    date(field('person', 'birth_date')).as('born'), field('person', 'age').as('given_age'),
    text(field('place', 'setting')).as('setting_registered'), text(field('person', 'sex')).as('sex'),
    text(field('triage', 'category')).as('category'), field('triage', 'mismatch').cast(pl.Utf8).as('mismatch'))
  .withColumns(age.as('age'))
  .select(
    col('person'), col('reports'), col('reports').lst.lengths().cast(pl.Int64).as('n'),
    col('day').dt.strftime('%G-W%V').as('week'),
    when(col('age').gtEq(lit(0))).then(band).otherwise(lit(null)).as('age_band'),
    ...['setting_registered', 'sex', 'category', 'mismatch'].map((name) => col(name)))
  .withRowIndex('episode');

const values = {
  count: {
    reports: () => col('n').sum(),
    episodes: (t) => (t.each_report ? col('episode').nUnique() : col('episode').count()),
    persons: () => col('person').nUnique(),
  },
};

const start = process.hrtime.bigint();
const asked = tables(set);
const episodes = await read().collect();
const reports = asked.some((t) => t.each_report) && await episodes.lazy().explode('reports')
  .withColumns(lit(1).as('n'), text(field('reports', 'source', 'profile')).as('profile'),
               text(field('reports', 'source', 'file')).as('file')).drop('reports').collect();
let out = '';
for (const t of asked) {
  const from = (t.each_report ? reports : episodes).lazy();
  const counts = t.units.map((unit) => values[t.measure][unit](t).as(unit));
  for (let subset = 0; subset < 1 << t.by.length; subset++) {
    const by = t.by.filter((_, i) => subset >> i & 1);
    const found = await (by.length ? from.groupBy(by).agg(...counts) : from.select(...counts)).collect();
    for (const r of found.toRecords())
      for (const unit of t.units) out += row(t, by, by.map((d) => r[d] ?? 'unknown'), unit, r[unit]);
  }
}
writeFileSync(output, out);
console.error(Number(process.hrtime.bigint() - start) / 1e9);
