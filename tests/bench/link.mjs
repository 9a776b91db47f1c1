// link.mjs - DuckDB's part of the benchmark of linking persons: Splink's method, in SQL.
//
// Usage: link.mjs THREADS IN OUT
//
// IN: reports as JSON Lines (mp/1). OUT: a line for each, in their order: number-document, tab, cluster. The method is
// that of Fellegi and Sunter (1969) as Splink has it: levels of likeness as CASE
// expressions; several blocking rules, each pair once; u from random pairs; m and the prior by expectation maximisation
// over the counts of level patterns; weights by frequency of a name; a threshold; connected components. All work on
// rows is DuckDB's; this program only makes the statements and their rounds.
//
// Prints the pairs of each rule, the prior and the seconds of each step on stderr, and the seconds of all last.
import { DuckDBInstance } from '@duckdb/node-api';

const [threads, input, output] = process.argv.slice(2);
const RANDOM_PAIRS = 1e6;
const ROUNDS = 100; // of expectation maximisation; it ends when no share changes by more than CLOSE
const CLOSE = 1e-4;
const THRESHOLD = 0.99; // a pair is of one person if that is at least so probable; one wrong pair joins two wholly

// What is compared: the level of reports l and r, from 1, values that are not alike, to `levels`, equal ones; 0 where it
// is not known, which is what `unless` says. frequency: the field whose rare values weigh more.
const name = (own, other, swapped) => ({
  unless: `l.${own}_letter IS NULL OR r.${own}_letter IS NULL`,
  frequency: own,
  sql: `CASE WHEN l.${own} = r.${own} THEN 8
             WHEN l.${own} IS NULL OR r.${own} IS NULL THEN
               CASE WHEN l.${own}_letter = r.${own}_letter THEN 2 ELSE 1 END
             WHEN l.${own} = r.${other} AND l.${other} = r.${own} THEN ${swapped}
             WHEN starts_with(l.${own}, r.${own} || ' ') OR starts_with(r.${own}, l.${own} || ' ') THEN 6
             -- One edit of three letters or more leaves names this alike; most others end here.
             WHEN jaro_winkler_similarity(l.${own}, r.${own}, 0.77) < 0.77 THEN 1
             WHEN damerau_levenshtein(l.${own}, r.${own}) <= 1 THEN 5
             WHEN jaro_winkler_similarity(l.${own}, r.${own}) >= 0.92 THEN 4
             WHEN jaro_winkler_similarity(l.${own}, r.${own}) >= 0.8 THEN 3
             ELSE 1 END`,
  levels: 8,
});
const exact = (field) => ({
  unless: `l.${field} IS NULL OR r.${field} IS NULL`,
  sql: `CASE WHEN l.${field} = r.${field} THEN 2 ELSE 1 END`,
  levels: 2,
});
const comparisons = [
  name('given', 'family', 7),
  name('family', 'given', 0), // that they are exchanged counts once
  {
    unless: 'l.birth IS NULL OR r.birth IS NULL',
    sql: `CASE WHEN l.birth = r.birth THEN 5
               WHEN hamming(l.birth, r.birth) <= 1 THEN 3
               WHEN l.year <> r.year THEN 1
               WHEN l.birth[6:7] = r.birth[9:10] AND l.birth[9:10] = r.birth[6:7] THEN 4
               ELSE 2 END`,
    levels: 5,
  },
  exact('sex'),
  { // one for both: an institution stands in one municipality
    unless: `(l.institution IS NULL OR r.institution IS NULL) AND
             (l.municipality IS NULL OR r.municipality IS NULL)`,
    sql: `CASE WHEN l.institution = r.institution THEN 4
               WHEN jaro_winkler_similarity(l.institution, r.institution, 0.9) >= 0.9 THEN 3
               WHEN l.municipality = r.municipality THEN 2
               ELSE 1 END`,
    levels: 4,
  },
  exact('number'),
  { // a client's number is the institution's own
    ...exact('client'),
    unless: 'coalesce(l.institution <> r.institution, true) OR l.client IS NULL OR r.client IS NULL',
  },
];
// All levels of a pair in one number, a nibble each.
const pattern = comparisons
  .map((c, k) => `((CASE WHEN ${c.unless} THEN 0 ELSE ${c.sql} END)::UINTEGER << ${4 * k})`)
  .join(' | ');
const level = (k) => `((pattern >> ${4 * k}) & 15)`;

// Pairs that agree in all fields of a rule are compared. Whichever one field is wrong, another rule is left.
const blocks = [
  ['number'],
  ['client', 'institution'],
  ['names', 'year'],
  ['names', 'municipality'],
  ['names', 'institution'],
  ['birth', 'given_letter'],
  ['birth', 'family_letter'],
  ['family', 'given_letter', 'year'],
  ['family', 'given_letter', 'municipality'],
  ['family', 'given_letter', 'institution'],
  ['given', 'family_letter', 'municipality'],
  ['given', 'family_letter', 'institution'],
];

const prefixes = 'aan|af|al|d|da|dal|de|del|della|den|der|des|di|do|dos|du|el|het|in|la|le|les|op|s|t|te|ten|ter|tot|' +
  'toe|uit|v|van|vanden|vander|ver|von|z|zu|zum|zur';
const generic = 'stichting|de|het|jz|jeugdzorgplus|jeugdhulp|groep|leefgroep|behandelgroep|crisisopvang|crisisgroep|' +
  'kamertraining|gezinshuis|opvang|beschermde|kleinschalige|instelling|locatie';
const text = (s) => `'${s.replaceAll("'", "''")}'`;
const words = (s) => `trim(regexp_replace(lower(strip_accents(${s})), '[^a-z0-9]+', ' ', 'g'))`;

const load = `
  CREATE TABLE texts AS
  SELECT concat_ws('-', coalesce(id, ''), coalesce(document, '')) AS key, id AS number,
         ${words('person.given_name')} AS given,
         regexp_replace(regexp_replace(${words('person.family_name')}, '^((${prefixes}) )+', ''),
                        '( (${prefixes}))+$', '') AS family,
         person.birth_date AS birth, person.sex AS sex, person.client_id AS client,
         trim(regexp_replace(${words("split_part(place.institution, ',', 1)")}, '\\b(${generic})\\b *', '', 'g'))
           AS institution,
         lower(place.municipality) AS municipality
  FROM read_ndjson(${text(input)}, columns = {
    id: 'VARCHAR', document: 'VARCHAR',
    person: 'STRUCT(given_name VARCHAR, family_name VARCHAR, birth_date VARCHAR, sex VARCHAR, client_id VARCHAR)',
    place: 'STRUCT(institution VARCHAR, municipality VARCHAR)'})`;

// What is only compared for equality becomes a number. bits: how rare a name is, -log2 of its share.
const share = (f) => `-log2(count(*) / sum(count(*)) OVER ())::FLOAT AS ${f}_bits`;
const names = (f) => `${f}s AS (SELECT ${f}, ${share(f)} FROM texts WHERE length(${f}) > 1 GROUP BY 1)`;
const prepare = `
  CREATE TABLE reports AS
  WITH ${names('given')}, ${names('family')}
  SELECT texts.rowid::INTEGER AS row, hash(number) AS number, ascii(sex) AS sex,
         CASE WHEN client IS NOT NULL THEN hash(client) END AS client,
         CASE WHEN municipality IS NOT NULL THEN hash(municipality) END AS municipality,
         nullif(institution, '') AS institution,
         CASE WHEN given_bits IS NOT NULL AND family_bits IS NOT NULL
              THEN hash(least(givens.given, familys.family), greatest(givens.given, familys.family)) END AS names,
         givens.given, given_bits, nullif(ascii(texts.given), 0) AS given_letter,
         familys.family, family_bits, nullif(ascii(texts.family), 0) AS family_letter,
         CASE WHEN regexp_full_match(birth, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN birth END AS birth,
         try_cast(birth[1:4] AS SMALLINT) AS year
  FROM texts LEFT JOIN givens USING (given) LEFT JOIN familys USING (family)`;

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const start = process.hrtime.bigint();
let last = start;

const run = (sql) => connection.run(sql);
const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowsJS();
const one = async (sql) => Number((await rows(sql))[0][0]);

function step(what) {
  const now = process.hrtime.bigint();
  console.error(`${what}: ${(Number(now - last) / 1e9).toFixed(2)} s`);
  last = now;
}

// Pairs of a rule that no earlier rule has; keys are numbers, which compare faster than texts.
async function compare() {
  const keys = blocks.map((fields, i) => `CASE WHEN ${fields.map((f) => `${f} IS NOT NULL`).join(' AND ')}
                                          THEN hash(${fields.join(', ')}) END AS key${i}`);
  await run(`CREATE TABLE keys AS SELECT row, ${keys.join(', ')} FROM reports`);
  await run('CREATE TABLE candidates (l INTEGER, r INTEGER)');
  for (let i = 0, before = 0, n; i < blocks.length; i++, before = n) {
    const seen = blocks.slice(0, i).map((_, j) => `AND (l.key${j} = r.key${j}) IS NOT TRUE`);
    await run(`INSERT INTO candidates SELECT l.row, r.row FROM keys l JOIN keys r ON l.key${i} = r.key${i}
               WHERE l.row < r.row ${seen.join(' ')}`);
    n = await one('SELECT count(*) FROM candidates');
    step(`pairs of ${blocks[i].join('+')}: ${n - before}`);
  }
  await run('DROP TABLE keys');
  await run(`CREATE TABLE pairs AS SELECT c.l, c.r, ${pattern} AS pattern FROM candidates c
             JOIN reports l ON l.row = c.l JOIN reports r ON r.row = c.r`);
  await run('DROP TABLE candidates');
  step('levels of all pairs');
}

// Shares of levels among random pairs. Every level counts one pair more than were found, so that none is impossible.
async function estimateU(n) {
  // In a table of its own: what range() gives is read by one thread.
  await run(`CREATE TABLE chosen AS
             SELECT ((hash(i, 1) >> 32)::BIGINT % ${n})::INTEGER AS l,
                    ((hash(i, 2) >> 32)::BIGINT % ${n})::INTEGER AS r
             FROM range(${RANDOM_PAIRS}) t(i)`);
  await run(`CREATE TABLE random_pairs AS
             SELECT ${pattern} AS pattern, count(*) AS n
             FROM chosen JOIN reports l ON l.row = chosen.l JOIN reports r ON r.row = chosen.r
             WHERE chosen.l <> chosen.r GROUP BY 1`);
  return shares('SELECT pattern, n::DOUBLE AS n FROM random_pairs');
}

// Shares of each level of each comparison among weighted patterns.
async function shares(patterns) {
  const all = comparisons.map((_, k) => `SELECT ${k} AS k, ${level(k)} AS level, sum(n) AS n FROM weighted GROUP BY 2`);
  const found = comparisons.map((c) => Array(c.levels + 1).fill(1));
  for (const [k, l, n] of await rows(`WITH weighted AS MATERIALIZED (${patterns}) ${all.join(' UNION ALL ')}`))
    found[k][Number(l)] += n;
  return found.map((counts) => {
    const sum = counts.slice(1).reduce((a, b) => a + b);
    return counts.map((n, l) => (l === 0 ? 1 : n / sum));
  });
}

// Twins: the family name and the birth date of one person, and another given name.
const twins = `(${level(0)} = 1 AND ${level(1)} IN (3, 4, 5, 6, 8) AND ${level(2)} = 5)`;

// Bits for one person of a pattern: a list of each comparison's levels, picked by the level.
const bits = (m, u) => comparisons
  .map((_, k) => `[${m[k].map((share, l) => Math.log2(share / u[k][l]))}][1 + ${level(k)}]`)
  .join(' + ');

// The prior is the share of all pairs that are of one person. Pairs that no rule brings together are of two.
async function estimateM(u, n) {
  const all = (n * (n - 1)) / 2;
  let m = comparisons.map((c) => Array(c.levels + 1).fill(0).map((_, l) =>
    l === 0 ? 1 : l === c.levels ? 0.8 : 0.2 / (c.levels - 1)));
  let prior = 1 / (n + 1);
  await run(`CREATE TABLE patterns AS SELECT pattern, count(*)::DOUBLE AS n FROM pairs WHERE NOT ${twins} GROUP BY 1`);
  for (let round = 1, change = 1; round <= ROUNDS && change > CLOSE; round++) {
    const before = m;
    const weighted = `SELECT pattern, n / (1 + pow(2, -(${bits(m, u)} + ${Math.log2(prior / (1 - prior))}))) AS n
                      FROM patterns`;
    m = await shares(weighted);
    prior = (1 + await one(`SELECT sum(n) FROM (${weighted})`)) / (2 + all);
    change = Math.max(...m.flatMap((list, k) => list.map((share, l) => Math.abs(share - before[k][l]))));
    if (change <= CLOSE) console.error(`rounds of expectation maximisation: ${round}, prior ${prior}`);
  }
  return [m, prior];
}

// A name that is common says less, a rare one more, than names do on the whole.
async function weigh(m, u, prior) {
  const least = Math.log2(THRESHOLD / (1 - THRESHOLD)) - Math.log2(prior / (1 - prior));
  const rare = (k, bits) => `CASE WHEN ${level(k)} IN (3, 4, 5, 6, 8)
                                  THEN ${bits} + ${Math.log2(u[k][comparisons[k].levels])} ELSE 0 END`;
  const named = comparisons.map((c, k) => [c.frequency, k]).filter(([f]) => f);
  const most = named.map(([f, k]) => rare(k, `(SELECT max(${f}_bits) FROM reports)`));
  const own = named.map(([f, k]) => rare(k, `least(l.${f}_bits, r.${f}_bits)`));
  await run(`CREATE TABLE hopeful AS SELECT pattern, bits
             FROM (SELECT pattern, ${bits(m, u)} AS bits FROM patterns) WHERE bits + ${most.join(' + ')} >= ${least}`);
  await run(`CREATE TABLE edges0 AS SELECT p.l AS a, p.r AS b
             FROM pairs p JOIN hopeful USING (pattern) JOIN reports l ON l.row = p.l JOIN reports r ON r.row = p.r
             WHERE bits + ${own.join(' + ')} >= ${least}`);
}

// Connected components: each report takes the least of its neighbours for a label, edges become edges between labels,
// until none is left.
async function connect() {
  await run('CREATE TABLE labels AS SELECT row, row AS label FROM reports');
  let round = 0;
  for (; await one(`SELECT count(*) FROM edges${round}`); round++) {
    await run(`CREATE TABLE least${round} AS SELECT b AS node, min(a) AS label FROM edges${round} GROUP BY b`);
    await run(`CREATE TABLE edges${round + 1} AS
               WITH moved AS (SELECT coalesce(x.label, a) AS a, coalesce(y.label, b) AS b FROM edges${round}
                              LEFT JOIN least${round} x ON x.node = a LEFT JOIN least${round} y ON y.node = b)
               SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b FROM moved WHERE a <> b`);
    await run(`CREATE OR REPLACE TABLE labels AS SELECT row, coalesce(n.label, o.label) AS label
               FROM labels o LEFT JOIN least${round} n ON n.node = o.label`);
  }
  console.error(`rounds of labels: ${round}`);
}

await run(load);
const n = await one('SELECT count(*) FROM texts');
step(`reports read: ${n}`);
await run('SET preserve_insertion_order = false');
await run(prepare);
step('prepared');
await compare();
const u = await estimateU(n);
step('u from random pairs');
const [m, prior] = await estimateM(u, n);
step('m by expectation maximisation');
await weigh(m, u, prior);
step(`edges: ${await one('SELECT count(*) FROM edges0')}`);
await connect();
step('connected components');
await run(`COPY (SELECT key, label FROM texts JOIN labels ON row = texts.rowid ORDER BY row)
           TO ${text(output)} (FORMAT csv, header false, delimiter '\t', quote '')`);
step('written');
console.error(Number(process.hrtime.bigint() - start) / 1e9);
